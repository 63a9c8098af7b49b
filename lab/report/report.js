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

function run(load, shop) {
  return load.runs.find((each) => each.architecture === shop);
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

// Shades what lies between two values of x; a line where they are the same.
const band = {
  id: 'band',
  beforeDatasetsDraw({ ctx, chartArea, scales: { x } }, _, { from, to, text }) {
    if (from === undefined) return;
    const left = x.getPixelForValue(from);
    ctx.save();
    ctx.fillStyle = `${colour('bad')}30`;
    ctx.fillRect(left, chartArea.top, Math.max(x.getPixelForValue(to) - left, 2), chartArea.bottom - chartArea.top);
    ctx.fillStyle = colour('muted');
    ctx.font = `12px ${Chart.defaults.font.family}`;
    ctx.fillText(text, left + 6, chartArea.top + 14);
    ctx.restore();
  },
};

// What share of the sessions had its answer within which time.
function latencyChart(load) {
  const curve = (shop, of) => run(load, shop)[of].curve_ms.map((ms, percent) => ({ x: percent, y: Math.max(ms, 0.1) }));
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

function outageBand(load) {
  const outages = load.runs.map((each) => each.outage).filter(Boolean);
  if (outages.length === 0) return {};
  return { band: { from: Math.min(...outages.map((each) => each.begin_s)), to: Math.max(...outages.map((each) => each.end_s)), text: 'outage' } };
}

function secondsChart(load, valuesOf) {
  const seconds = Math.max(...load.runs.flatMap((each) => [each.accepted_each_s.length, each.confirmed_each_s.length]), 1);
  const each = (shop, of) => valuesOf(Array.from({ length: seconds }, (_, second) => run(load, shop)[of][second] ?? 0)).map((y, x) => ({ x, y }));
  return {
    type: 'line', plugins: [band],
    data: {
      datasets: shops.flatMap((shop) => [
        line(`${shop}: accepted`, shop, each(shop, 'accepted_each_s')),
        line(`${shop}: confirmed`, shop, each(shop, 'confirmed_each_s'), [6, 4]),
      ]),
    },
    options: options(axis('second of the run', { type: 'linear', min: 0, max: Math.max(seconds - 1, 1) }), axis('orders', { beginAtZero: true, ticks: { precision: 0 } }),
      { plugins: outageBand(load) }),
  };
}

const throughputChart = (load) => secondsChart(load, (values) => values);

function sumChart(load) {
  return secondsChart(load, (values) => { let sum = 0; return values.map((value) => (sum += value)); });
}

// The kinds of a shop are one colour, told apart by how solid it is.
function stackedChart(load, of, unit) {
  const kinds = [['shop', 'shop programs', ''], ['databases', 'databases', 'a0'], ['broker', 'broker', '55']];
  return {
    type: 'bar',
    data: {
      labels: shops,
      datasets: kinds.map(([kind, label, alpha]) => ({
        label, data: shops.map((shop) => run(load, shop)[of][kind]), maxBarThickness: 60,
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

function errors(load) {
  return load.runs.flatMap((each) => Object.entries(each.errors).map(([kind, count]) => `${each.architecture}: ${count} times “${kind}”`));
}

function gaveUp(load) {
  return load.runs.filter((each) => each.gave_up > 0)
    .map((each) => `${each.gave_up} customers of the ${each.architecture} gave up waiting: no latency here holds them.`);
}

function generator(load) {
  const text = load.runs.map((each) => `${Math.round(each.generator_share * 100)} % of a core against the ${each.architecture}, `
    + `sessions begun ${duration(each.send_lag.p99_ms)} late at p99`).join('; ');
  return element('p', { className: 'note', textContent: `The load generator itself: ${text}.` });
}

function chapter(load) {
  const hasOutage = load.outage_story.length > 0;
  const shown = [hasOutage ? 'Customers served in the outage' : 'Time to accepted, p50', 'Time to confirmed, p50', 'CPU per order, all', 'Peak memory'];
  return element('article', {}, element('h2', { textContent: load.load }),
    element('div', { className: 'tiles' }, ...shown.flatMap((name) => load.figures.filter((figure) => figure.name === name)).map(tile)),
    list('In short', [...load.summary, ...gaveUp(load)]), list('The outage', load.outage_story),
    element('div', { className: 'charts' },
      card('How long customers wait', 'From the moment when a session was due; the scale is logarithmic.', () => latencyChart(load)),
      card('Orders in each second', 'Accepted, and confirmed: paid, with the mail in the order’s history.', () => throughputChart(load)),
      ...(hasOutage ? [card('Orders so far', 'What waits is the distance between accepted and confirmed; what is lost, that between the shops.', () => sumChart(load))] : []),
      card('CPU per order', 'Everything that the shop keeps running, idle moments included.', () => stackedChart(load, 'cpu_ms_per_order', 'ms')),
      card('Peak memory', 'Resident; what a part’s processes share counts once.', () => stackedChart(load, 'memory_peak_mib', 'MiB'))),
    table(load.figures),
    list('Figure by figure', load.figures.map((figure) => figure.verdict)), list('Errors', errors(load)), generator(load));
}

function answerChart({ rates, cells }, rate) {
  const at = cells.filter((each) => each.rate === rate);
  const delay = rates.find((each) => each.rate === rate).payment_delay_ms;
  const data = (shop) => at.map((each) => ({ x: each.payment_delay_ms, y: Math.max(each[shop].accepted_ms, 0.1) }));
  return {
    type: 'line', plugins: [band],
    data: { datasets: shops.map((shop) => ({ ...line(shop, shop, data(shop)), pointRadius: 4 })) },
    options: options(
      axis('a payment takes, ms', { type: 'linear', min: 0 }),
      axis('checkout answered (p50) within', { type: 'logarithmic', ticks: { callback: (ms) => (/^[125]/.test(String(+ms).replace(/^0\.0*/, '')) ? duration(ms) : '') } }),
      { plugins: {
        band: delay === null ? {} : { from: delay, to: delay, text: `break-even ${duration(delay)}` },
        tooltip: { callbacks: { title: ([first]) => `a payment takes ${duration(first.parsed.x)}`, label: (item) => `${item.dataset.label}: ${duration(item.parsed.y)}` } },
      } },
    ),
  };
}

function costChart(rates) {
  const mean = (values) => values.reduce((sum, each) => sum + each, 0) / Math.max(values.length, 1);
  const cost = (shop, rate) => mean(findings.loads.filter((load) => load.rate === rate)
    .map((load) => Object.values(run(load, shop).cpu_ms_per_order).reduce((sum, each) => sum + each, 0)));
  return {
    type: 'bar',
    data: { labels: rates.map((rate) => `${rate} orders/s`),
      datasets: shops.map((shop) => ({ label: shop, data: rates.map((rate) => cost(shop, rate)), backgroundColor: colour(shop), maxBarThickness: 60 })) },
    options: options(axis(''), axis('CPU ms', { beginAtZero: true })),
  };
}

// The colour is the better shop's; the more the microservices gain, the stronger theirs.
function heatCell(cell) {
  const gain = cell.monolith.accepted_ms - cell.microservices.accepted_ms;
  const strength = cell.better === 'microservices' ? Math.min(20 + 15 * Math.log10(Math.max(gain / 100, 1)), 55) : 20;
  const made = element('td', {}, element('b', { textContent: cell.better || 'neither' }),
    ...shops.map((shop) => element('span', { className: shop, textContent: `${duration(cell[shop].accepted_ms)}${cell[shop].keeps_up ? '' : ' *'}` })),
    element('small', { textContent: `CPU ${duration(cell.microservices.cpu_ms)} against ${duration(cell.monolith.cpu_ms)}` }));
  if (cell.better) made.style.background = `color-mix(in srgb, var(--${cell.better}) ${strength}%, var(--card))`;
  return made;
}

function heatMap({ cells }, rates) {
  const delays = [...new Set(cells.map((each) => each.payment_delay_ms))];
  const head = element('tr', {}, element('th', { textContent: 'a payment takes', scope: 'col' }),
    ...rates.map((rate) => element('th', { textContent: `${rate} orders/s`, scope: 'col' })));
  const rows = delays.map((delay) => element('tr', {}, element('th', { textContent: duration(delay), scope: 'row' }),
    ...rates.map((rate) => cells.find((each) => each.payment_delay_ms === delay && each.rate === rate)).map((cell) => (cell ? heatCell(cell) : element('td')))));
  return element('section', { className: 'card scroll' }, element('h3', { textContent: 'Which shop is better under which load' }),
    element('p', { className: 'note', textContent: 'Time until the checkout is answered (p50), and CPU per order. * does not keep up: turns away more than one customer in a hundred.' }),
    element('table', { className: 'heat' }, element('thead', {}, head), element('tbody', {}, ...rows)));
}

function breakEven(found) {
  const rates = found.rates.map((each) => each.rate);
  return element('article', {}, element('h2', { textContent: 'From when on do the microservices pay off?' }),
    heatMap(found, rates),
    list('Break-even', [...found.rates.map((each) => each.sentence), ...found.overloads]),
    element('p', { className: 'note', textContent: found.definition }),
    element('div', { className: 'charts' },
      ...rates.map((rate) => card(`${rate} orders/s`, 'The longer a payment takes, the longer whoever waits for it.', () => answerChart(found, rate))),
      card('What it costs: CPU per order', 'All that a shop keeps running, mean over the payment delays.', () => costChart(rates))));
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
if (findings.is_interrupted) document.getElementById('world').append(' The measuring was interrupted: some loads are missing.');
document.getElementById('loads').append(...(findings.break_even ? [breakEven(findings.break_even)] : findings.loads.map(chapter)));
draw();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
