'use strict';

const findings = JSON.parse(document.getElementById('findings').textContent);
const shops = ['microservices', 'monolith'];
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const charts = [];

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function duration(ms) {
  if (ms >= 1000) return `${+(ms / 1000).toPrecision(3)} s`;
  return `${+ms.toPrecision(3)} ms`;
}

function run(rate, shop) {
  return rate.runs.find((each) => each.architecture === shop);
}

function line(label, shop, data, dash) {
  return {
    label, data, borderColor: colour(shop), backgroundColor: colour(shop), borderDash: dash, borderWidth: 2, pointRadius: 0, pointHitRadius: 8,
  };
}

function axis(title, more = {}) {
  const { ticks = {}, ...rest } = more;
  return {
    title: { display: true, text: title, color: colour('muted') },
    ticks: { color: colour('muted'), ...ticks }, grid: { color: colour('line') }, border: { color: colour('line') }, ...rest,
  };
}

function options(x, y, more = {}) {
  return {
    animation: false, responsive: true, maintainAspectRatio: false, scales: { x, y },
    interaction: { mode: 'index', intersect: false },
    ...more,
    plugins: { legend: { position: 'bottom', labels: { color: colour('text'), boxWidth: 24, boxHeight: 2 } }, ...more.plugins },
  };
}

// What share of the sessions had its answer within which time.
function latencyChart(rate) {
  const curve = (shop, of) => run(rate, shop)[of].curve_ms.map((ms, percent) => ({ x: percent, y: Math.max(ms, 0.1) }));
  return {
    type: 'line',
    data: {
      datasets: shops.flatMap((shop) => [
        line(`${shop}: accepted`, shop, curve(shop, 'time_to_accepted')),
        line(`${shop}: confirmed`, shop, curve(shop, 'time_to_confirmed'), [6, 4]),
      ]),
    },
    options: options(
      axis('share of the customers, %', { type: 'linear', min: 0, max: 100 }),
      axis('within', { type: 'logarithmic', ticks: { callback: (ms) => (/^[125]/.test(String(+ms).replace(/^0\.0*/, '')) ? duration(ms) : '') } }),
      { plugins: { tooltip: { callbacks: {
        title: ([first]) => `${first.parsed.x} % of the customers`,
        label: (item) => `${item.dataset.label} within ${duration(item.parsed.y)}`,
      } } } },
    ),
  };
}

function throughputChart(rate) {
  const seconds = Math.max(...rate.runs.flatMap((each) => [each.accepted_each_s.length, each.confirmed_each_s.length]), 1);
  const each = (shop, of) => Array.from({ length: seconds }, (_, second) => ({ x: second, y: run(rate, shop)[of][second] ?? 0 }));
  return {
    type: 'line',
    data: {
      datasets: shops.flatMap((shop) => [
        line(`${shop}: accepted`, shop, each(shop, 'accepted_each_s')),
        line(`${shop}: confirmed`, shop, each(shop, 'confirmed_each_s'), [6, 4]),
      ]),
    },
    options: options(axis('second of the run', { type: 'linear', min: 0, max: Math.max(seconds - 1, 1) }), axis('orders', { beginAtZero: true, ticks: { precision: 0 } })),
  };
}

// The kinds of a shop are one colour, told apart by how solid it is.
function stackedChart(rate, of, unit) {
  const kinds = [['shop', 'shop programs', ''], ['databases', 'databases', 'a0'], ['broker', 'broker', '55']];
  return {
    type: 'bar',
    data: {
      labels: shops,
      datasets: kinds.map(([kind, label, alpha]) => ({
        label, data: shops.map((shop) => run(rate, shop)[of][kind]), maxBarThickness: 60,
        backgroundColor: shops.map((shop) => colour(shop) + alpha), borderColor: colour('card'), borderWidth: 1,
      })),
    },
    options: options(axis('', { stacked: true }), axis(unit, { stacked: true, beginAtZero: true }), {
      plugins: {
        legend: { position: 'bottom', labels: { color: colour('text'), boxWidth: 14, boxHeight: 14,
          generateLabels: (chart) => Chart.defaults.plugins.legend.labels.generateLabels(chart)
            .map((label, i) => ({ ...label, fillStyle: colour('muted') + kinds[i][2], strokeStyle: 'transparent' })) } },
        tooltip: { callbacks: { label: (item) => `${item.dataset.label}: ${item.parsed.y.toFixed(1)} ${unit}` } },
      },
    }),
  };
}

function card(title, note, make) {
  const canvas = element('canvas');
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', `${title}. ${note} The table below has the figures.`);
  charts.push({ canvas, make });
  return element('section', { className: 'card' }, element('h3', { textContent: title }), element('p', { className: 'note', textContent: note }),
    element('div', { className: 'canvas' }, canvas));
}

function tile(figure) {
  const value = (shop) => element('p', { className: `value ${shop}${figure.winner === shop ? ' wins' : ''}` },
    element('span', { textContent: shop }), element('b', { textContent: figure[shop] }));
  return element('section', { className: 'card tile' }, element('p', { className: 'name', textContent: figure.name }), ...shops.map(value));
}

function table(figures) {
  const head = element('tr', {}, ...['', ...shops].map((text) => element('th', { textContent: text, scope: 'col' })));
  const rows = figures.map((figure) => element('tr', {}, element('td', { textContent: figure.name }),
    ...shops.map((shop) => element('td', { className: figure.winner === shop ? `wins ${shop}` : '', textContent: figure[shop] }))));
  return element('div', { className: 'card scroll' }, element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows)));
}

function list(title, texts) {
  if (texts.length === 0) return '';
  return element('section', { className: 'card scroll' }, element('h3', { textContent: title }),
    element('ul', {}, ...texts.map((textContent) => element('li', { textContent }))));
}

function errors(rate) {
  return rate.runs.flatMap((each) => Object.entries(each.errors).map(([kind, count]) => `${each.architecture}: ${count} times “${kind}”`));
}

function generator(rate) {
  const text = rate.runs.map((each) => `${Math.round(each.generator_share * 100)} % of a core against the ${each.architecture}, `
    + `sessions begun ${duration(each.send_lag.p99_ms)} late at p99`).join('; ');
  return element('p', { className: 'note', textContent: `The load generator itself: ${text}.` });
}

function chapter(rate) {
  const shown = ['Time to accepted, p50', 'Time to confirmed, p50', 'CPU per order, all', 'Peak memory'];
  return element('article', {}, element('h2', { textContent: rate.load }),
    element('div', { className: 'tiles' }, ...rate.figures.filter((figure) => shown.includes(figure.name)).map(tile)),
    element('div', { className: 'charts' },
      card('How long customers wait', 'From the moment when a session was due; the scale is logarithmic.', () => latencyChart(rate)),
      card('Orders in each second', 'Accepted, and confirmed: paid, with the mail in the order’s history.', () => throughputChart(rate)),
      card('CPU per order', 'Everything that the shop keeps running, idle moments included.', () => stackedChart(rate, 'cpu_ms_per_order', 'ms')),
      card('Peak memory', 'Resident; what a part’s processes share counts once.', () => stackedChart(rate, 'memory_peak_mib', 'MiB'))),
    table(rate.figures), list('Who wins', rate.figures.map((figure) => figure.verdict)), list('Errors', errors(rate)), generator(rate));
}

function draw() {
  for (const each of charts) {
    each.chart?.destroy();
    each.chart = new Chart(each.canvas, each.make());
  }
}

const { machine } = findings;
document.getElementById('profile').textContent = `profile ${findings.profile}`;
document.getElementById('world').textContent = `In this world ${findings.meaning}. The same sessions went to both shops, one after the other: `
  + 'browse, fill the cart, check out, follow the order until it is paid and its mail recorded.';
document.getElementById('machine').textContent = `Taken ${findings.taken_at.slice(0, 16).replace('T', ' ')} UTC on ${machine.processor}, ${machine.cores} cores, `
  + `${machine.memory_gib.toFixed(1)} GiB, ${machine.system}. The load generator, both shops, the payment provider and the mail catcher share this machine; `
  + 'the last two are in no figure.';
Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
document.getElementById('rates').append(...findings.rates.filter((rate) => rate.runs.length === 2).map(chapter));
draw();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
