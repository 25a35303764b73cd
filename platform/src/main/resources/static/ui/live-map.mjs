// The live map: draws a marker for each row of the list, keeps both up to date and in step.
// Everything it shows stands in the page already; without it the list remains.
import * as maplibre from '/vendor/maplibre/maplibre-gl.mjs';
import { covered, mapStyle, span, spread } from './map-parts.mjs';

const page = document.getElementById('main');
const words = page.dataset;
const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 2 });
const dark = matchMedia('(prefers-color-scheme: dark)');
const phone = matchMedia('(max-width: 47.99rem)');
const CLUSTER_FROM = 60; // fewer markers are all shown
const CELL = 64; // px in which markers make one cluster

let map = null;
let markers = new Map(); // place id → { marker, element, row }
let clusters = [];
let moved = false;
const style = () => mapStyle(words.town, words.attribution, dark.matches);

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
  spread(map, [...cells.values()].filter(entries => entries.length === 1).map(entries => entries[0]));
  for (const element of [...all.map(entry => entry.element), ...clusters.map(one => one.getElement())]) {
    const waits = !element.classList.contains('marker--chosen') && covered(element);
    element.style.visibility = waits ? 'hidden' : '';
  }
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
async function go(url, remember = true, asked = true) {
  try {
    const answer = await fetch(url, { headers: { Accept: 'text/html' } });
    if (!answer.ok) throw new Error(String(answer.status));
    const other = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const id of ['results', 'as-of']) document.getElementById(id).replaceWith(document.adoptNode(other.getElementById(id)));
    document.querySelector('.live-map__views').replaceWith(document.adoptNode(other.querySelector('.live-map__views')));
    if (remember) history.pushState(null, '', url);
    drawAll();
    const chosen = markers.get(chosenId());
    if (chosen && asked) {
      document.getElementById('panel').scrollTo({ top: 0 });
      document.getElementById('close').focus({ preventScroll: phone.matches });
      if (!map.getBounds().contains(chosen.marker.getLngLat()) || covered(chosen.element)) map.easeTo({ center: chosen.marker.getLngLat() });
    }
  } catch {
    if (asked) location.assign(url);
    else missed = true;
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
let missed = false;
/** Values that came while the stream was away are in no event: after a break the list is fetched anew. */
function listen() {
  const stream = new EventSource(`/${words.town}/live`);
  stream.addEventListener('observation', hear);
  stream.addEventListener('open', () => {
    if (missed) go(location.href, false, false);
    missed = false;
  });
  stream.addEventListener('error', () => {
    missed = true;
    // Refused, for example because too many listen: the browser does not try again by itself.
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 30_000);
  });
}
listen();
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
