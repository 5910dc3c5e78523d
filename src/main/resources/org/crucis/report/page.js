// Opens what a link leads to, filters and sorts the claims, copies citations, saves observations. Without it the page lacks
// nothing that is to be read.
(() => {
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const form = document.getElementById('filter');
const status = document.getElementById('shown');
const sorted = document.getElementById('sorted');
const papers = all('.paper[data-paper]');
const claims = all('.claim').map((element, index) => ({
  element, index,
  home: element.parentElement,
  fold: element.querySelector('details'),
  text: element.textContent.toLowerCase(),
  title: element.querySelector('h3').textContent.trim(),
  ...element.dataset,
}));
const severity = ['VOID', 'REFUTED', 'INCONCLUSIVE', 'NOT APPLICABLE', 'SUPPORTED'];
const orders = {
  paper: (a, b) => a.index - b.index,
  verdict: (a, b) => severity.indexOf(a.verdict) - severity.indexOf(b.verdict) || a.index - b.index,
  title: (a, b) => a.title.localeCompare(b.title) || a.index - b.index,
};

function show() {
  const wanted = Object.fromEntries(new FormData(form));
  const words = wanted.text.toLowerCase().split(/\s+/).filter(word => word);
  const shown = claims.filter(claim =>
    (!wanted.verdict || claim.verdict === wanted.verdict)
    && (!wanted.basis || claim.basis.split(' ').includes(wanted.basis))
    && (!wanted.paper || claim.paper === wanted.paper)
    && words.every(word => claim.text.includes(word)));
  const visible = new Set(shown);
  claims.forEach(claim => { claim.element.hidden = !visible.has(claim); });
  const byPaper = wanted.order === 'paper';
  [...claims].sort(orders[wanted.order]).forEach(claim => (byPaper ? claim.home : sorted).append(claim.element));
  sorted.hidden = byPaper;
  papers.forEach(paper => { paper.hidden = !all('.claim', paper).some(element => !element.hidden); });
  if (byPaper && visible.size === claims.length) {
    papers.forEach(paper => { paper.hidden = false; });
  }
  status.textContent = visible.size + ' of ' + claims.length + ' claims shown';
}

function reveal() {
  let name = location.hash.slice(1);
  try { name = decodeURIComponent(name); } catch { return; }
  const target = name && document.getElementById(name);
  if (!target) return;
  if (target.closest('[hidden]')) {
    form.reset();
    show();
  }
  for (let fold = target.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
  (target.matches('.inside') ? target.closest('article') : target).scrollIntoView();
}

function button(words, label, act) {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = words;
  made.setAttribute('aria-label', label);
  made.addEventListener('click', () => act(made));
  return made;
}

function said(button, words) {
  const before = button.textContent;
  button.textContent = words;
  status.textContent = words;
  setTimeout(() => { button.textContent = before; }, 3000);
}

const unpacked = new Map();
function unpack(packed) {
  if (!unpacked.has(packed)) {
    const bytes = Uint8Array.from(atob(packed), letter => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    unpacked.set(packed, new Response(stream).json().then(all => all.tables.map(table => {
      const columns = table.columns.map(([, place]) => all.columns[place]);
      return {
        ...table,
        columns: table.columns.map(([name]) => name),
        rows: columns[0].map((_, row) => columns.map(column => column[row])),
      };
    })));
  }
  return unpacked.get(packed);
}

const quoted = cell => {
  const text = cell === null ? '' : String(cell);
  return /[,"\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
};
const csv = table => [table.columns, ...table.rows].map(row => row.map(quoted).join(',') + '\n').join('');
const json = value => JSON.stringify(value) + '\n';

function save(name, text, type) {
  const link = document.createElement('a');
  link.download = name;
  link.href = URL.createObjectURL(new Blob([text], {type}));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

if ('DecompressionStream' in window) all('[data-packed]').forEach(list => {
  list.parentElement.querySelector('.unscripted').remove();
  const packed = list.dataset.packed;
  all('li', list).forEach((item, index) => {
    const name = item.querySelector('b').textContent;
    item.append(
      button('CSV', 'CSV of ' + name, async () => {
        const table = (await unpack(packed))[index];
        save(table.file + '.csv', csv(table), 'text/csv');
      }),
      button('JSON', 'JSON of ' + name, async () => {
        const {file, ...table} = (await unpack(packed))[index];
        save(file + '.json', json(table), 'application/json');
      }));
  });
  if (list.children.length > 1) {
    const item = document.createElement('li');
    item.append(button('All as JSON', 'All tables of this claim as JSON', async () =>
      save(list.dataset.file.replace(/[^\w.-]+/g, '-') + '.json', json((await unpack(packed)).map(({file, ...table}) => table)), 'application/json')));
    list.append(item);
  }
});

all('.cite pre').forEach(text => text.before(button('Copy', 'Copy ' + text.dataset.of, async made => {
  try {
    await navigator.clipboard.writeText(text.textContent);
    said(made, 'Copied');
  } catch {
    getSelection().selectAllChildren(text);
    said(made, 'Selected');
  }
})));

if (claims.length > 1) {
  const fold = open => () => claims.forEach(claim => { claim.fold.open = open && !claim.element.hidden; });
  document.getElementById('folds').append(
    button('Open all', 'Open all claims shown', fold(true)), button('Close all', 'Close all claims', fold(false)));
  form.hidden = false;
  form.addEventListener('input', show);
  form.addEventListener('reset', () => setTimeout(show));
  form.addEventListener('submit', event => event.preventDefault());
  show();
}
// Browsers that cannot show a closed fold in print.
if (!CSS.supports('selector(::details-content)')) {
  addEventListener('beforeprint', () => all('.claim > details').forEach(fold => { fold.open = true; }));
}
addEventListener('hashchange', reveal);
reveal();
})();
