'use strict';

const findings = JSON.parse(document.getElementById('findings').textContent);
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const charts = [];

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

const percent = (share) => `${(100 * share).toFixed(1)} %`;
const seconds = (value) => (value === null ? 'never' : `${Math.max(value, 0).toFixed(2)} s`);

function axis(title, more = {}) {
  return {
    title: { display: true, text: title, color: colour('muted') },
    ticks: { color: colour('muted') }, grid: { color: colour('line') }, border: { color: colour('line') }, ...more,
  };
}

// Each fault is a band from its beginning until the parts concerned were ready again; its number is that of the table.
const bands = {
  id: 'bands',
  beforeDatasetsDraw({ ctx, chartArea, scales: { x } }) {
    ctx.save();
    ctx.font = `11px ${Chart.defaults.font.family}`;
    findings.faults.forEach((fault, index) => {
      const left = x.getPixelForValue(fault.begin_s);
      ctx.fillStyle = `${colour('bad')}30`;
      ctx.fillRect(left, chartArea.top, Math.max(x.getPixelForValue(fault.end_s) - left, 2), chartArea.bottom - chartArea.top);
      ctx.fillStyle = colour('muted');
      ctx.fillText(String(index + 1), left + 2, chartArea.top + 11 + 12 * (index % 2));
    });
    ctx.restore();
  },
};

function line(label, name, valueOf, dash) {
  return {
    label, data: findings.seconds.map((second, x) => ({ x, y: valueOf(second) })), borderColor: colour(name), backgroundColor: colour(name),
    borderDash: dash, borderWidth: 2, pointRadius: 0, pointHitRadius: 8,
  };
}

function timeline(yAxis, datasets) {
  return {
    type: 'line', plugins: [bands], data: { datasets },
    options: {
      animation: false, responsive: true, maintainAspectRatio: false, interaction: { mode: 'index', intersect: false },
      scales: { x: axis('second of the run', { type: 'linear', min: 0, max: Math.max(findings.seconds.length - 1, 1) }), y: yAxis },
      plugins: { legend: { position: 'bottom', labels: { color: colour('text'), boxWidth: 24, boxHeight: 2 } } },
    },
  };
}

const throughput = () => timeline(axis('orders', { beginAtZero: true }), [
  line('came', 'muted', (second) => second.came, [2, 3]),
  line('accepted', 'microservices', (second) => second.accepted),
  line('paid', 'monolith', (second) => second.paid, [6, 4]),
  line('had to ask again', 'bad', (second) => second.not_at_once),
]);

const latency = () => timeline(axis('first answer within, ms', { type: 'logarithmic' }), [
  line('p50', 'microservices', (second) => Math.max(second.latency_ms_p50, 0.1)),
  line('slowest', 'monolith', (second) => Math.max(second.latency_ms_max, 0.1), [6, 4]),
]);

function card(title, note, make) {
  const canvas = element('canvas');
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', `${title}. ${note} The table below has the figures.`);
  charts.push({ canvas, make });
  return element('section', { className: 'card', style: 'margin-top:.9rem' }, element('h3', { textContent: title }), element('p', { className: 'note', textContent: note }),
    element('div', { className: 'canvas' }, canvas));
}

function table(head, rows) {
  const row = (tag, cells) => element('tr', {}, ...cells.map((text) => element(tag, { textContent: text })));
  return element('div', { className: 'card scroll' }, element('table', {}, element('thead', {}, row('th', head)), element('tbody', {}, ...rows.map((cells) => row('td', cells)))));
}

function faultRows() {
  return findings.faults.map((fault, index) => [
    `${index + 1} ${fault.name}${fault.problem ? ` (could not be done: ${fault.problem})` : ''}`, fault.begin_s.toFixed(1), (fault.end_s - fault.begin_s).toFixed(1),
    fault.availability.came, percent(fault.availability.share), seconds(fault.recovery_accepted_s), seconds(fault.recovery_paid_s),
  ]);
}

function sums() {
  const { totals, outside_of_faults: outside } = findings;
  return [
    ['came', totals.came], ['accepted', totals.accepted], ['confirmed', totals.confirmed], ['accepted, end not seen', totals.open],
    ...Object.entries(totals.rejected).map(([reason, count]) => [`rejected: ${reason}`, count]),
    ['ambiguous', totals.ambiguous], ['… then accepted', totals.ambiguous_accepted], ['… then refused', totals.ambiguous_refused],
    ['nobody knows', totals.unknown], ['promises on disk', totals.promises_on_disk], ['poison', totals.poison],
    ['available outside of faults', percent(outside.share)],
  ];
}

function draw() {
  for (const each of charts) {
    each.chart?.destroy();
    each.chart = new Chart(each.canvas, each.make());
  }
}

document.getElementById('run').textContent = `${findings.architecture}, seed ${findings.seed}`;
document.getElementById('verdict').textContent = findings.verdict;
document.getElementById('story').textContent = `${findings.faults.length} faults in ${findings.length_s} s, while ${findings.rate_per_s} checkouts a second came; `
  + `${findings.totals.accepted} were promised, and the auditor found ${findings.violations_found} violations.`;
document.getElementById('taken').textContent = `Taken ${findings.taken_at.slice(0, 16).replace('T', ' ')} UTC.`;
Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
document.getElementById('main').append(
  ...(findings.violations.length === 0 ? [] : [element('section', { className: 'card' }, element('h3', { textContent: 'Violations' }),
    element('ul', {}, ...findings.violations.map((textContent) => element('li', { textContent }))))]),
  card('Orders in each second', 'The bands are the faults, by their numbers in the table.', throughput),
  card('How long customers waited', 'Until the first answer, whatever it was; by the second in which they came. The scale is logarithmic.', latency),
  element('h2', { textContent: 'Faults' }),
  table(['fault', 'begin, s', 'took, s', 'came', 'answered at once', 'accepted again after', 'paid again after'], faultRows()),
  element('h2', { textContent: 'Sums' }), table(['', ''], sums()));
draw();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
