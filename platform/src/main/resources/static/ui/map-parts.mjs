// What the live map and the small map of the start page share.
const TARGET = 24; // px that a finger can hit

// ---------------------------------------------------------------------------------------------------------- style
const LIGHT = { land: '#F6F5F1', built: '#EEECE6', house: '#E0DDD4', landmark: '#CFC9BA', park: '#DEE9D4', water: '#C9DDEA',
  street: '#FFFFFF', streetEdge: '#E0DDD5', main: '#FFFFFF', mainEdge: '#CDC8BC', federal: '#FCEBC0', federalEdge: '#D8BD7C',
  rail: '#B4B5BE', label: '#4B5068', park_label: '#4F6B45', water_label: '#3E6C8C' };
const DARK = { land: '#12141F', built: '#161926', house: '#1F2333', landmark: '#2B3045', park: '#15231F', water: '#142635',
  street: '#262B3D', streetEdge: '#12141F', main: '#363C52', mainEdge: '#1B1E2D', federal: '#474E68', federalEdge: '#1B1E2D',
  rail: '#3A3F52', label: '#A3A9C2', park_label: '#7FA08E', water_label: '#7FA3BF' };

/** The look of the base map of a town. */
export function mapStyle(town, attribution, dark) {
  const c = dark ? DARK : LIGHT;
  const is = (...layers) => ['in', ['get', 'layer'], ['literal', layers]];
  const wide = (...stops) => ['interpolate', ['exponential', 1.6], ['zoom'], ...stops];
  const text = (id, filter, layout, colour, minzoom = 0) => ({ id, type: 'symbol', source: 'base', filter, minzoom,
    layout: { 'text-font': ['Fira Sans Medium'], 'text-size': 13, 'text-max-width': 7, ...layout },
    paint: { 'text-color': colour, 'text-halo-color': c.land, 'text-halo-width': 1.6 } });
  const line = (id, filter, colour, width, more = {}) => ({ id, type: 'line', source: 'base', filter,
    layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': colour, 'line-width': width, ...more } });
  const fill = (id, filter, colour) => ({ id, type: 'fill', source: 'base', filter, paint: { 'fill-color': colour } });
  return { version: 8,
    sources: { base: { type: 'geojson', data: new URL(`/${town}/map/basemap.geojson`, location).href, attribution },
      houses: { type: 'geojson', data: new URL(`/${town}/map/houses.geojson`, location).href } },
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
/** A span of a class with a text. */
export function span(kind, text) {
  const element = document.createElement('span');
  element.className = kind;
  element.textContent = text;
  return element;
}

/** Whether controls leave less of a marker than can be hit. Such a marker waits for the map to move; the list has it. */
export function covered(element) {
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
export function spread(map, entries) {
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
