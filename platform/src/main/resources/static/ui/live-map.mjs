// The live map: draws a marker for each row of the list, keeps both up to date and in step.
// Everything it shows stands in the page already; without it the list remains.
import * as maplibre from '/vendor/maplibre/maplibre-gl.mjs';

const page = document.getElementById('main');
const words = page.dataset;
const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 2 });
const dark = matchMedia('(prefers-color-scheme: dark)');
const phone = matchMedia('(max-width: 47.99rem)');
const CLUSTER_FROM = 60; // fewer markers are all shown
const CELL = 64; // px in which markers make one cluster
const TARGET = 24; // px that a finger can hit

let map = null;
let markers = new Map(); // place id → { marker, element, row }
let clusters = [];
let moved = false;

// ---------------------------------------------------------------------------------------------------------- style
const LIGHT = { land: '#F6F5F1', built: '#EEECE6', house: '#E0DDD4', landmark: '#CFC9BA', park: '#DEE9D4', water: '#C9DDEA',
  street: '#FFFFFF', streetEdge: '#E0DDD5', main: '#FFFFFF', mainEdge: '#CDC8BC', federal: '#FCEBC0', federalEdge: '#D8BD7C',
  rail: '#B4B5BE', label: '#4B5068', park_label: '#4F6B45', water_label: '#3E6C8C' };
const DARK = { land: '#12141F', built: '#161926', house: '#1F2333', landmark: '#2B3045', park: '#15231F', water: '#142635',
  street: '#262B3D', streetEdge: '#12141F', main: '#363C52', mainEdge: '#1B1E2D', federal: '#474E68', federalEdge: '#1B1E2D',
  rail: '#3A3F52', label: '#A3A9C2', park_label: '#7FA08E', water_label: '#7FA3BF' };

function style() {
  const c = dark.matches ? DARK : LIGHT;
  const is = (...layers) => ['in', ['get', 'layer'], ['literal', layers]];
  const wide = (...stops) => ['interpolate', ['exponential', 1.6], ['zoom'], ...stops];
  const text = (id, filter, layout, colour, minzoom = 0) => ({ id, type: 'symbol', source: 'base', filter, minzoom,
    layout: { 'text-font': ['Fira Sans Medium'], 'text-size': 13, 'text-max-width': 7, ...layout },
    paint: { 'text-color': colour, 'text-halo-color': c.land, 'text-halo-width': 1.6 } });
  const line = (id, filter, colour, width, more = {}) => ({ id, type: 'line', source: 'base', filter,
    layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': colour, 'line-width': width, ...more } });
  const fill = (id, filter, colour) => ({ id, type: 'fill', source: 'base', filter, paint: { 'fill-color': colour } });
  return { version: 8,
    sources: { base: { type: 'geojson', data: new URL(`/${words.town}/map/basemap.geojson`, location).href, attribution: words.attribution },
      houses: { type: 'geojson', data: new URL(`/${words.town}/map/houses.geojson`, location).href } },
    layers: [
      { id: 'land', type: 'background', paint: { 'background-color': c.land } },
      fill('built', is('built'), c.built), fill('park', is('park'), c.park), fill('water', is('water'), c.water),
      { ...line('street-edge', is('street'), c.streetEdge, wide(13, 1.6, 16, 9)), minzoom: 13 },
      { ...line('street', is('street'), c.street, wide(13, 0.8, 16, 7)), minzoom: 13 },
      { id: 'houses', type: 'fill', source: 'houses', minzoom: 13.4, paint: { 'fill-color': c.house,
        'fill-opacity': ['interpolate', ['linear'], ['zoom'], 13.4, 0, 14.2, 1] } },
      fill('square', is('square'), c.street), fill('landmark', is('landmark'), c.landmark),
      line('grid', is('grid'), c.streetEdge, 1),
      { ...line('rail', is('rail'), c.rail, wide(11, 1, 15, 2.4)) },
      { ...line('rail-ties', is('rail'), c.land, wide(11, 0.5, 15, 1.4), { 'line-dasharray': [3, 3] }), layout: {} },
      line('main-edge', is('main'), c.mainEdge, wide(11, 1.6, 14, 6.5, 16, 16)),
      line('federal-edge', is('federal'), c.federalEdge, wide(11, 2.6, 14, 9, 16, 20)),
      line('main', is('main'), c.main, wide(11, 1, 14, 5, 16, 13.5)),
      line('federal', is('federal'), c.federal, wide(11, 1.8, 14, 7, 16, 17)),
      text('road-names', is('main'), { 'text-field': ['get', 'name'], 'symbol-placement': 'line', 'text-size': 12 }, c.label, 13.6),
      text('federal-names', is('federal'), { 'text-field': 'B 27', 'symbol-placement': 'line', 'text-size': 12 }, c.label, 12),
      text('river-name', is('river'), { 'text-field': ['get', 'name'], 'symbol-placement': 'line' }, c.water_label, 11),
      text('park-names', is('parkname'), { 'text-field': ['get', 'name'] }, c.park_label, 13),
      text('spots', is('spot'), { 'text-field': ['get', 'name'], 'text-size': 12 }, c.label, 13.8),
      text('quarters', is('quarter'), { 'text-field': ['get', 'name'], 'text-size': 14 }, c.label, 12.6),
      text('districts', is('district'), { 'text-field': ['get', 'name'], 'text-size': 13 }, c.label, 11.5),
      { ...text('town', is('town'), { 'text-field': ['get', 'name'], 'text-size': 17 }, c.label), maxzoom: 12.6 },
    ] };
}

// -------------------------------------------------------------------------------------------------------- markers
const rows = () => [...document.querySelectorAll('#places .place')];
const chosenId = () => document.querySelector('[data-chosen]')?.dataset.chosen;
const rowOf = id => document.querySelector(`#places .place[data-place="${id}"]`);

function drawMarker(row) {
  const { place, kind, look, longitude, latitude } = row.dataset;
  const link = row.querySelector('[data-part=name]');
  const value = row.querySelector('[data-part=value]').textContent;
  const element = document.createElement('a');
  element.href = link.href;
  element.dataset.place = place;
  element.dataset.marker = '';
  if (kind === 'parking') {
    element.append(span('marker__sign', 'P'), span('marker__value', value));
  } else {
    element.append(document.getElementById(`sign-${kind}`)?.content.cloneNode(true) ?? '');
  }
  paint(element, row);
  const marker = new maplibre.Marker({ element }).setLngLat([Number(longitude), Number(latitude)]);
  element.setAttribute('role', 'link');
  return { marker, element, row, shown: false };
}

function paint(element, row) {
  const { kind, look, place } = row.dataset;
  const value = row.querySelector('.place__value').textContent.trim().replace(/\s+/g, ' ');
  const state = row.querySelector('[data-part=state]').textContent.trim().replace(/\s+/g, ' ');
  element.className = ['marker', kind === 'parking' ? `marker--${look}` : 'marker--dot', look === 'no-data' ? 'marker--old' : '',
    place === chosenId() ? 'marker--chosen' : '', ...[...element.classList].filter(c => c.startsWith('maplibregl'))].filter(Boolean).join(' ');
  const shown = element.querySelector('.marker__value');
  if (shown) shown.textContent = row.querySelector('[data-part=value]').textContent;
  element.setAttribute('aria-label', `${row.querySelector('[data-part=name]').textContent}: ${value}, ${state}`);
}

function span(kind, text) {
  const element = document.createElement('span');
  element.className = kind;
  element.textContent = text;
  return element;
}

function drawAll() {
  for (const { marker } of markers.values()) marker.remove();
  markers = new Map();
  for (const row of rows()) {
    if (row.dataset.longitude && row.dataset.latitude) markers.set(row.dataset.place, drawMarker(row));
  }
  arrange();
}

/** Shows single markers, and counts where many stand in one place. */
function arrange() {
  clusters.forEach(cluster => cluster.remove());
  clusters = [];
  const inView = map.getBounds();
  const all = [...markers.values()];
  const seen = all.filter(({ marker }) => inView.contains(marker.getLngLat()));
  const cells = new Map();
  for (const entry of all) {
    const at = map.project(entry.marker.getLngLat());
    const alone = seen.length < CLUSTER_FROM || entry.element.classList.contains('marker--chosen');
    const key = alone ? entry : `${Math.floor(at.x / CELL)}/${Math.floor(at.y / CELL)}`;
    cells.set(key, [...(cells.get(key) ?? []), entry]);
  }
  for (const entries of cells.values()) {
    const single = entries.length === 1;
    for (const entry of entries) {
      if (single && !entry.shown) entry.marker.addTo(map);
      if (!single && entry.shown) entry.marker.remove();
      entry.shown = single;
    }
    if (!single) clusters.push(cluster(entries).addTo(map));
  }
  spread([...cells.values()].filter(entries => entries.length === 1).map(entries => entries[0]));
  for (const element of [...all.map(entry => entry.element), ...clusters.map(one => one.getElement())]) {
    const waits = !element.classList.contains('marker--chosen') && covered(element);
    element.style.visibility = waits ? 'hidden' : '';
  }
}

/** Whether controls leave less of a marker than can be hit. Such a marker waits for the map to move; the list has it. */
function covered(element) {
  const own = element.getBoundingClientRect();
  return [...document.querySelectorAll('.map-controls, .maplibregl-ctrl-attrib, .chosen__card')].some(control => {
    const its = control.getBoundingClientRect();
    if (own.right <= its.left || own.left >= its.right || own.bottom <= its.top || own.top >= its.bottom) return false;
    const beside = Math.max(its.left - own.left, own.right - its.right);
    const above = Math.max(its.top - own.top, own.bottom - its.bottom);
    return !(beside >= TARGET && own.height >= TARGET) && !(above >= TARGET && own.width >= TARGET);
  });
}

/** Moves markers that would cover each other a little apart, the chosen one stays. */
function spread(entries) {
  const boxes = entries.map(entry => {
    const at = map.project(entry.marker.getLngLat());
    return { entry, x: at.x, y: at.y, dx: 0, dy: 0, width: entry.element.offsetWidth + 8, height: entry.element.offsetHeight + 8,
      fixed: entry.element.classList.contains('marker--chosen') };
  });
  for (let round = 0; round < 120; round++) {
    let quiet = true;
    for (let i = 0; i < boxes.length; i++) {
      for (let j = i + 1; j < boxes.length; j++) {
        const [one, other] = [boxes[i], boxes[j]];
        const x = other.x + other.dx - one.x - one.dx;
        const y = other.y + other.dy - one.y - one.dy;
        const overX = (one.width + other.width) / 2 - Math.abs(x);
        const overY = (one.height + other.height) / 2 - Math.abs(y);
        if (overX <= 0 || overY <= 0) continue;
        quiet = false;
        const share = one.fixed || other.fixed ? 1 : 0.5;
        const [moveX, moveY] = overX < overY ? [overX * (x < 0 ? -1 : 1), 0] : [0, overY * (y < 0 ? -1 : 1)];
        if (!one.fixed) { one.dx -= moveX * share; one.dy -= moveY * share; }
        if (!other.fixed) { other.dx += moveX * share; other.dy += moveY * share; }
      }
    }
    if (quiet) break;
  }
  for (const { entry, dx, dy } of boxes) entry.marker.setOffset([Math.max(-90, Math.min(90, dx)), Math.max(-90, Math.min(90, dy))]);
}

function cluster(entries) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'marker marker--cluster';
  button.textContent = number.format(entries.length);
  button.setAttribute('aria-label', words.places.replace('{0}', number.format(entries.length)));
  const middle = entries.reduce((sum, { marker }) => [sum[0] + marker.getLngLat().lng / entries.length,
    sum[1] + marker.getLngLat().lat / entries.length], [0, 0]);
  button.addEventListener('click', () => map.easeTo({ center: middle, zoom: map.getZoom() + 2 }));
  return new maplibre.Marker({ element: button }).setLngLat(middle);
}

// ------------------------------------------------------------------------------------- pointing at, choosing, filtering
function mark(id, on) {
  rowOf(id)?.classList.toggle('place--marked', on);
  markers.get(id)?.element.classList.toggle('marker--marked', on);
}
for (const [start, on] of [['pointerover', true], ['focusin', true], ['pointerout', false], ['focusout', false]]) {
  page.addEventListener(start, event => {
    const place = event.target.closest?.('.place, [data-marker]')?.dataset.place;
    if (place) mark(place, on);
  });
}

/** Fetches the page for another filter or choice and replaces the list; the map stays where it is. */
async function go(url, remember = true) {
  try {
    const answer = await fetch(url, { headers: { Accept: 'text/html' } });
    if (!answer.ok) throw new Error(String(answer.status));
    const other = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const id of ['results', 'as-of']) document.getElementById(id).replaceWith(document.adoptNode(other.getElementById(id)));
    document.querySelector('.live-map__views').replaceWith(document.adoptNode(other.querySelector('.live-map__views')));
    if (remember) history.pushState(null, '', url);
    drawAll();
    const chosen = markers.get(chosenId());
    if (chosen) {
      document.getElementById('panel').scrollTo({ top: 0 });
      document.getElementById('close').focus({ preventScroll: phone.matches });
      if (!map.getBounds().contains(chosen.marker.getLngLat()) || covered(chosen.element)) map.easeTo({ center: chosen.marker.getLngLat() });
    }
  } catch {
    location.assign(url);
  }
}
page.addEventListener('click', event => {
  const link = event.target.closest('.place a, #close, a[data-marker], .places > .empty a');
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const before = chosenId();
  go(link.href).then(() => {
    if (link.id === 'close') rowOf(before)?.querySelector('a').focus();
  });
});
const form = document.getElementById('filter');
const filtered = () => {
  const query = new URLSearchParams(new FormData(form));
  if (!query.get('words')) query.delete('words');
  if (chosenId()) query.set('place', chosenId());
  return `${form.action.split('?')[0]}?${query}`;
};
form.addEventListener('submit', event => { event.preventDefault(); go(filtered()); });
form.addEventListener('change', event => { if (event.target.type === 'checkbox') go(filtered()); });
addEventListener('popstate', () => location.reload());
addEventListener('keydown', event => {
  if (event.key === 'Escape' && chosenId() && !event.defaultPrevented) document.getElementById('close').click();
});

// -------------------------------------------------------------------------------------------------------- live values
function hear(event) {
  const data = JSON.parse(event.data);
  if (!data.main) return;
  for (const place of document.querySelectorAll(`[data-place="${data.thing}"]`)) {
    if (!place.querySelector('[data-part=value]')) continue;
    if (place.dataset.time && data.time < place.dataset.time) continue;
    place.dataset.time = data.time;
    const value = data.free ?? data.value;
    place.querySelector('[data-part=value]').textContent = value === undefined ? data.text ?? '–'
      : new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2 }).format(value);
    const part = document.getElementById(`state-${data.state}`);
    if (part) {
      const state = part.content.cloneNode(true);
      const time = state.querySelector('time');
      time.dateTime = data.time;
      place.querySelector('[data-part=state]').replaceChildren(state);
      if (place.dataset.look) place.dataset.look = data.state;
    }
    const known = markers.get(place.dataset.place);
    if (known && known.row === place) paint(known.element, place);
  }
  age();
}

/** Says again how long ago each value was, while it is minutes. */
function age() {
  for (const time of document.querySelectorAll('time[data-part=age]')) {
    const seconds = (Date.now() - Date.parse(time.dateTime)) / 1000;
    if (seconds < 45) time.textContent = words.ageNow;
    else if (seconds < 5400) time.textContent = words.ageMinutes.replace('{0}', String(Math.max(1, Math.round(seconds / 60))));
  }
}
const stream = new EventSource(`/${words.town}/live`);
stream.addEventListener('observation', hear);
setInterval(age, 20_000);

// ---------------------------------------------------------------------------------------------------------- controls
class Controls {
  onAdd(on) {
    this.box = document.createElement('div');
    this.box.className = 'map-controls';
    const button = (label, text, action) => {
      const made = document.createElement('button');
      made.type = 'button';
      made.setAttribute('aria-label', label);
      made.title = label;
      if (text) made.textContent = text;
      else made.append(document.getElementById('crosshair').content.cloneNode(true));
      made.addEventListener('click', action);
      this.box.append(made);
    };
    button(words.zoomIn, '+', () => on.zoomIn());
    button(words.zoomOut, '−', () => on.zoomOut());
    if (navigator.geolocation) button(words.locate, '', locate);
    return this.box;
  }
  onRemove() { this.box.remove(); }
}

/** Asked only on demand; the position never leaves the browser. */
function locate() {
  const said = document.getElementById('said');
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    const here = document.createElement('div');
    here.className = 'here';
    new maplibre.Marker({ element: here }).setLngLat([coords.longitude, coords.latitude]).addTo(map);
    map.easeTo({ center: [coords.longitude, coords.latitude], zoom: Math.max(14, map.getZoom()) });
    const far = row => row.dataset.longitude
      ? Math.hypot((row.dataset.longitude - coords.longitude) * Math.cos(coords.latitude * Math.PI / 180), row.dataset.latitude - coords.latitude)
      : Infinity;
    for (const list of document.querySelectorAll('#places ul')) {
      list.append(...[...list.children].sort((one, other) => far(one) - far(other)));
    }
    said.textContent = words.located;
  }, () => { said.textContent = words.notLocated; }, { maximumAge: 60_000, timeout: 10_000 });
}

async function start() {
  await document.fonts.load('16px "Fira Sans Medium"');
  maplibre.setWorkerUrl(words.worker);
  const box = document.getElementById('map');
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  map = new maplibre.Map({ container: box, style: style(), center: [Number(words.longitude), Number(words.latitude)],
    zoom: phone.matches ? 14.2 : 14.4, minZoom: 9, maxZoom: 18, attributionControl: false, dragRotate: false, pitchWithRotate: false,
    cooperativeGestures: false, fadeDuration: calm ? 0 : 200, locale: { 'Map.Title': words.mapLabel } });
  map.touchZoomRotate.disableRotation();
  map.addControl(new Controls(), 'top-right');
  map.addControl(new maplibre.AttributionControl({ compact: false }), 'bottom-right');
  map.on('dragstart', () => { moved = true; });
  map.on('moveend', arrange);
  dark.addEventListener('change', () => map.setStyle(style()));
  new ResizeObserver(() => map.resize()).observe(box);
  drawAll();
  const chosen = markers.get(chosenId());
  const bounds = map.getBounds();
  const placed = [...markers.values()].map(({ marker }) => marker.getLngLat());
  if (chosen) {
    map.jumpTo({ center: chosen.marker.getLngLat(), zoom: map.getZoom() });
    if (phone.matches) map.panBy([0, 10], { animate: false });
  } else if (placed.length && !placed.some(at => bounds.contains(at))) {
    map.fitBounds(placed.reduce((all, at) => all.extend(at), new maplibre.LngLatBounds(placed[0], placed[0])),
      { padding: 64, maxZoom: 14.5, animate: false });
  }
  map.on('idle', () => page.setAttribute('data-ready', ''));
}

try {
  await start();
} catch (error) {
  // No WebGL or no layout: the list says everything.
  page.classList.add('live-map--no-map');
  console.warn('The map is not drawn:', error);
}
