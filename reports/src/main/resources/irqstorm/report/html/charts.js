// SPDX-License-Identifier: Apache-2.0
// Draws the charts of a report from the JSON beside them. Without this script the page has drawings and tables of the same data.
'use strict';
(() => {
  const NANOS_PER_MILLI = 1e6;
  const SERIES = ['--l1', '--device', '--l2', '--vmm', '--l0', '--chip'];
  const FIRST_SHOWN = 60;
  const drawn = [];

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const millis = (nanos) => nanos / NANOS_PER_MILLI;
  const number = (value, digits) => value.toLocaleString('en', {maximumFractionDigits: digits});

  // Text from the page goes into the tooltip as text, never as markup.
  const tooltip = (lines) => {
    const box = document.createElement('div');
    lines.forEach((line) => {
      const row = document.createElement('div');
      row.textContent = line;
      box.append(row);
    });
    return box;
  };

  const tooltipStyle = () => ({
    confine: true,
    backgroundColor: colour('--raised'),
    borderColor: colour('--line'),
    textStyle: {color: colour('--text'), fontSize: 12},
    extraCssText: 'max-width: 36rem; white-space: normal',
  });

  const axis = (name) => ({
    name,
    nameTextStyle: {color: colour('--soft')},
    axisLabel: {color: colour('--soft')},
    axisLine: {lineStyle: {color: colour('--line')}},
    splitLine: {lineStyle: {color: colour('--line')}},
  });

  const legend = () => ({
    type: 'scroll',
    top: 0,
    textStyle: {color: colour('--text')},
    pageTextStyle: {color: colour('--text')},
    pageIconColor: colour('--link'),
    pageIconInactiveColor: colour('--line'),
  });

  const sliders = (bottom) => [
    {type: 'inside', filterMode: 'none', zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false},
    {
      type: 'slider',
      filterMode: 'none',
      bottom,
      height: 18,
      borderColor: colour('--line'),
      textStyle: {color: colour('--soft')},
    },
  ];

  const rate = (data) => {
    const width = millis(data.binNanos);
    const series = data.lines.map((line, i) => ({
      type: 'line',
      name: line.name,
      step: 'end',
      symbol: 'none',
      sampling: 'none',
      color: colour(SERIES[i % SERIES.length]),
      lineStyle: {width: 1.5},
      areaStyle: {opacity: 0.15},
      data: line.deliveries.map((count, bin) => [bin * width, count]),
      markArea: {
        silent: true,
        itemStyle: {color: colour('--storm'), opacity: 0.15},
        data: data.episodes
          .filter((episode) => episode.line === line.name)
          .map((episode) => [{xAxis: millis(episode.startNanos)}, {xAxis: millis(episode.endNanos)}]),
      },
    }));
    return {
      grid: {left: 64, right: 40, top: 32, bottom: 64},
      legend: {show: series.length > 1, top: 0, textStyle: {color: colour('--text')}, icon: 'roundRect'},
      tooltip: {
        ...tooltipStyle(),
        trigger: 'axis',
        formatter: (points) => tooltip([
          `${number(points[0].value[0], 3)} to ${number(points[0].value[0] + width, 3)} ms`,
          ...points.map((point) => `${point.seriesName}: ${number(point.value[1], 0)} deliveries, ` +
            `${number(point.value[1] * 1000 / width, 0)} per second`),
        ]),
      },
      xAxis: {...axis('ms'), type: 'value', min: 0, max: Math.ceil(millis(data.endNanos)), nameLocation: 'end'},
      yAxis: {...axis(`deliveries per ${number(width, 3)} ms`), type: 'value', minInterval: 1,
        nameTextStyle: {color: colour('--soft'), align: 'left'}},
      dataZoom: sliders(8),
      series,
    };
  };

  const LANE_COLOURS = {DEVICE: '--device', CHIP: '--chip', L0_KVM: '--l0', VMM: '--vmm', L1: '--l1', L2: '--l2'};
  const micros = (nanos) => (nanos / 1000).toFixed(3);

  // Where an event stands: at its time, or one step after the one before it.
  const timeline = (data, entry) => {
    const at = (i) => entry.steps ? data.events[i].number : data.events[i].nanos / 1000;
    const marks = data.events.map((event, i) => ({
      value: [at(i), event.lane],
      itemStyle: {color: colour(LANE_COLOURS[event.who])},
    }));
    const links = [];
    data.events.forEach((event, i) => {
      const cause = data.events.findIndex((other) => other.number === event.cause);
      if (cause >= 0 && data.events[cause].lane !== event.lane) {
        links.push({coords: [[at(cause), data.events[cause].lane], [at(i), event.lane]]});
      }
    });
    const bar = (params, api) => {
      const from = api.coord([api.value(0), api.value(2)]);
      const to = api.coord([api.value(1), api.value(2)]);
      const height = api.size([0, 1])[1] * 0.5;
      const shape = echarts.graphic.clipRectByRect(
        {x: from[0], y: from[1] - height / 2, width: Math.max(2, to[0] - from[0]), height},
        {x: params.coordSys.x, y: params.coordSys.y, width: params.coordSys.width, height: params.coordSys.height});
      return shape && {type: 'rect', shape, style: {fill: api.visual('color'), opacity: 0.22}};
    };
    const told = (params) => {
      if (params.seriesIndex === 1) {
        return tooltip([data.bars[params.dataIndex].what]);
      }
      const event = data.events[params.dataIndex];
      return tooltip([
        `event ${event.number} at ${micros(event.nanos)} µs`,
        `${data.lanes[event.lane]}: ${event.what}`,
        event.cause === 0 ? 'caused from outside' : `caused by event ${event.cause}`,
      ]);
    };
    return {
      grid: {left: 96, right: 56, top: 12, bottom: 72},
      tooltip: {...tooltipStyle(), trigger: 'item', formatter: told},
      xAxis: {...axis(entry.steps ? 'event' : 'µs'), type: 'value', min: at(0), max: at(data.events.length - 1),
        minInterval: entry.steps ? 1 : 0.001},
      yAxis: {...axis(''), type: 'category', data: data.lanes, inverse: true,
        splitLine: {show: true, lineStyle: {color: colour('--line')}},
        axisLabel: {color: colour('--text'), width: 84, overflow: 'truncate'}},
      dataZoom: sliders(8).map((one) => ({...one, showDataShadow: false, startValue: at(0),
        endValue: at(Math.min(data.events.length - 1, FIRST_SHOWN))})),
      series: [
        {type: 'scatter', name: 'events', symbolSize: 9, data: marks, z: 4},
        {type: 'custom', name: 'bars', renderItem: bar, encode: {x: [0, 1], y: 2}, z: 2,
          data: data.bars.map((one) => ({
            value: [at(one.from), at(one.to), one.lane],
            itemStyle: {color: colour(one.what.startsWith('Remote') ? '--l0' : '--device')},
          }))},
        {type: 'lines', name: 'causes', coordinateSystem: 'cartesian2d', silent: true, symbol: ['none', 'arrow'],
          symbolSize: 6, clip: true, z: 3, lineStyle: {color: colour('--soft'), width: 1, opacity: 0.6}, data: links},
      ],
    };
  };

  // Places of equal distance across, powers of ten upwards. What is too small for the axis stands at its lowest place.
  const DASHES = ['solid', 'dashed', 'dotted'];
  const SYMBOLS = ['circle', 'triangle', 'rect'];
  const curves = (data) => {
    const words = new Map(data.decades);
    const bounds = data.decades.map(([value]) => value);
    const series = data.curves.map((curve) => ({
      type: 'line',
      name: curve.name,
      color: colour(SERIES[curve.line % SERIES.length]),
      symbol: SYMBOLS[curve.stage],
      symbolSize: 8,
      lineStyle: {width: 1.5, type: DASHES[curve.stage]},
      data: curve.points.map(([tick, value, text]) => ({value: [tick, Math.max(value, data.lowest)], exact: value, text})),
      markLine: data.reference === null ? undefined : {
        silent: true,
        symbol: 'none',
        label: {show: false},
        lineStyle: {color: colour('--soft'), type: 'dashed'},
        data: [{yAxis: data.reference}],
      },
    }));
    return {
      grid: {left: 80, right: 24, top: 36, bottom: 28},
      legend: legend(),
      tooltip: {
        ...tooltipStyle(),
        trigger: 'axis',
        formatter: (points) => tooltip([
          data.ticks[points[0].value[0]],
          ...points.map((point) => `${point.seriesName}: ${point.data.text}`),
        ]),
      },
      xAxis: {...axis(''), type: 'category', data: data.ticks, splitLine: {show: false}},
      yAxis: {...axis(''), type: 'log', min: bounds[0], max: bounds[bounds.length - 1],
        axisLabel: {color: colour('--soft'), formatter: (value) => words.get(value) ?? ''}},
      series,
    };
  };

  const survival = (data) => {
    const end = millis(data.endNanos);
    const series = data.survival.map((curve, i) => ({
      type: 'line',
      name: curve.name,
      step: 'end',
      symbol: 'none',
      color: colour(SERIES[i % SERIES.length]),
      lineStyle: {width: 1.5, type: DASHES[Math.floor(i / SERIES.length) % DASHES.length]},
      data: [[0, 1], ...curve.steps.map(([nanos, probability]) => [millis(nanos), probability]),
        [end, curve.steps[curve.steps.length - 1][1]]],
    }));
    return {
      grid: {left: 80, right: 40, top: 36, bottom: 28},
      legend: legend(),
      tooltip: {
        ...tooltipStyle(),
        trigger: 'axis',
        formatter: (points) => tooltip([
          `${number(points[0].value[0], 3)} ms`,
          ...points.map((point) => `${point.seriesName}: none yet with ${number(point.value[1] * 100, 1)} %`),
        ]),
      },
      xAxis: {...axis('ms'), type: 'value', min: 0, max: end, axisLabel: {color: colour('--soft'), showMaxLabel: false}},
      yAxis: {...axis(''), type: 'value', min: 0, max: 1,
        axisLabel: {color: colour('--soft'), formatter: (value) => `${number(value * 100, 0)} %`}},
      series,
    };
  };

  const KINDS = {
    rate,
    timeline,
    survival,
    latency: (data) => curves(data.latency),
    dispersion: (data) => curves(data.dispersion),
  };

  const draw = (entry) => {
    const option = KINDS[entry.kind](entry.data, entry);
    entry.chart.setOption({animation: false, backgroundColor: 'transparent', ...option}, {notMerge: true});
  };

  // What is on the chart, for who wants to compare it with the JSON result.
  const label = (entry) => {
    const series = entry.chart.getOption().series;
    entry.box.dataset.points = series.map((one) => one.data.length).join(' ');
    if (entry.kind === 'rate') {
      entry.box.dataset.sums = series.map((one) => one.data.reduce((sum, point) => sum + point[1], 0)).join(' ');
    }
    if (entry.kind === 'latency' || entry.kind === 'dispersion') {
      entry.box.dataset.values = series.flatMap((one) => one.data.map((point) => point.exact)).join(' ');
    }
  };

  const start = (box) => {
    if (box.dataset.lanes) {
      box.style.height = `${Number(box.dataset.lanes) * 2.1 + 6}rem`;
    }
    const data = JSON.parse(document.getElementById(box.dataset.of).textContent);
    box.replaceChildren();
    const chart = echarts.init(box, null, {renderer: 'svg'});
    const entry = {box, chart, data, kind: box.dataset.chart, steps: true};
    draw(entry);
    label(entry);
    drawn.push(entry);
  };

  document.documentElement.classList.add('drawn');
  document.querySelectorAll('[data-chart]').forEach(start);
  document.querySelectorAll('[data-spread]').forEach((button) => button.addEventListener('click', () => {
    const entry = drawn.find((one) => one.kind === 'timeline' && one.box.dataset.of === button.dataset.spread);
    entry.steps = !entry.steps;
    button.setAttribute('aria-pressed', String(!entry.steps));
    draw(entry);
  }));
  // Arrow keys move, plus and minus zoom.
  const KEYS = {ArrowLeft: [-1, -1], ArrowRight: [1, 1], '+': [1, -1], '-': [-1, 1]};
  const STEP_PERCENT = 5;
  const clamp = (percent) => Math.min(100, Math.max(0, percent));
  drawn.filter(({chart}) => chart.getOption().dataZoom?.length).forEach(({box, chart}) => {
    box.tabIndex = 0;
    box.addEventListener('keydown', (key) => {
      const step = KEYS[key.key];
      if (step && !key.ctrlKey && !key.altKey && !key.metaKey) {
        const zoom = chart.getOption().dataZoom[0];
        const start = clamp(zoom.start + step[0] * STEP_PERCENT);
        const end = clamp(zoom.end + step[1] * STEP_PERCENT);
        if (start < end) {
          chart.dispatchAction({type: 'dataZoom', start, end});
        }
        key.preventDefault();
      }
    });
  });
  const again = () => drawn.forEach((entry) => {
    entry.chart.resize();
    draw(entry);
  });
  addEventListener('resize', () => drawn.forEach((entry) => entry.chart.resize()));
  addEventListener('beforeprint', again);
  addEventListener('afterprint', again);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
  document.documentElement.dataset.charts = String(drawn.length);
})();
