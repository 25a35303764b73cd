// The small map on the start page: a marker for each car park of the list beside it.
// MapLibre is loaded only when the reader comes near.
import { covered, mapStyle, span, spread } from './map-parts.mjs';

const box = document.getElementById('teaser-map');
const rows = [...document.querySelectorAll('.teaser__list [data-longitude]')];
const PADDING = 56; // px between markers and the edge

function drawMarker(maplibre, row) {
  const link = row.querySelector('a');
  const value = row.querySelector('strong').textContent;
  const element = document.createElement('a');
  element.href = link.href;
  element.className = `marker marker--${row.dataset.look}`;
  element.append(span('marker__sign', 'P'), span('marker__value', value));
  const state = row.querySelector('.status').textContent.trim();
  const marker = new maplibre.Marker({ element }).setLngLat([Number(row.dataset.longitude), Number(row.dataset.latitude)]);
  // MapLibre makes every marker a button; this one is a link.
  element.setAttribute('role', 'link');
  element.setAttribute('aria-label', `${link.textContent}: ${value}, ${state}`);
  return { marker, element };
}

async function draw() {
  const words = box.dataset;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const style = () => mapStyle(words.town, words.attribution, dark.matches);
  const [maplibre] = await Promise.all([import('/vendor/maplibre/maplibre-gl.mjs'), document.fonts.load('16px "Fira Sans Medium"')]);
  maplibre.setWorkerUrl(words.worker);
  const markers = rows.map(row => drawMarker(maplibre, row));
  const bounds = markers.reduce((all, { marker }) => all.extend(marker.getLngLat()), new maplibre.LngLatBounds());
  const fit = { padding: PADDING, maxZoom: 14.6, animate: false };
  const map = new maplibre.Map({ container: box, style: style(), bounds, fitBoundsOptions: fit, interactive: false,
    attributionControl: false, fadeDuration: 0, locale: { 'Map.Title': words.mapLabel } });
  map.addControl(new maplibre.AttributionControl({ compact: false }), 'bottom-right');
  for (const { marker } of markers) marker.addTo(map);
  const arrange = () => {
    spread(map, markers);
    for (const { element } of markers) element.style.visibility = covered(element) ? 'hidden' : '';
  };
  arrange();
  map.on('moveend', arrange);
  dark.addEventListener('change', () => map.setStyle(style()));
  new ResizeObserver(() => map.resize().fitBounds(bounds, fit)).observe(box);
  map.on('idle', () => box.setAttribute('data-ready', ''));
}

if (box && rows.length) {
  box.hidden = false;
  new IntersectionObserver(async (seen, observer) => {
    if (!seen.some(one => one.isIntersecting)) return;
    observer.disconnect();
    try {
      await draw();
    } catch (error) {
      // No WebGL: the list takes the width again.
      box.hidden = true;
      console.warn('The map is not drawn:', error);
    }
  }, { rootMargin: '300px' }).observe(box);
}
