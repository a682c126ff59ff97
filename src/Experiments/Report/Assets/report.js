'use strict';
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');

  const theme = () => {
    const ink = dark.matches ? '#e6e8eb' : '#1a1d21';
    const quiet = dark.matches ? '#a3abb5' : '#5a626b';
    const line = dark.matches ? '#363b42' : '#e3e6ea';
    return {
      background: null,
      font: 'system-ui, "Segoe UI", Roboto, sans-serif',
      view: { stroke: line },
      axis: { labelColor: quiet, titleColor: ink, gridColor: line, domainColor: quiet, tickColor: quiet, titleFontWeight: 500 },
      legend: { labelColor: ink, titleColor: ink, titleFontWeight: 500 },
      header: { labelColor: ink, titleColor: ink, titleFontWeight: 500 },
      title: { color: ink, fontWeight: 600, anchor: 'start' },
      text: { color: ink },
      rule: { color: quiet },
    };
  };

  const embed = (chart, specification) => vegaEmbed(chart, specification, {
    renderer: 'svg',
    config: theme(),
    actions: { export: true, source: false, compiled: false, editor: false },
  });

  // The next narrower layout of the same chart, or null: panels below one another, then narrower panels (pictures have a size of their own).
  const narrower = (specification, excess) => {
    if (specification.hconcat) {
      const { hconcat, ...rest } = specification;
      return { ...rest, vconcat: hconcat };
    }
    if (specification.columns > 1) return { ...specification, columns: specification.columns - 1 };
    const width = specification.spec?.width;
    if (specification.columns === 1 && width > 140 && !JSON.stringify(specification.spec).includes('"image"')) {
      return { ...specification, spec: { ...specification.spec, width: Math.max(140, width - excess) } };
    }
    return null;
  };

  // A little too wide still: smaller, as long as it can be read. Much too wide: the chart scrolls.
  const shrink = chart => {
    const svg = chart.querySelector('svg');
    if (svg.getBoundingClientRect().width * 0.75 <= chart.clientWidth) {
      Object.assign(svg.style, { maxWidth: '100%', height: 'auto' });
    }
  };

  const draw = async chart => {
    let specification = JSON.parse(document.getElementById(chart.dataset.specification).textContent);
    try {
      for (let excess = 1; specification; specification = excess > 0 ? narrower(specification, Math.ceil(excess)) : null) {
        await embed(chart, specification);
        excess = chart.querySelector('svg').getBoundingClientRect().width - chart.clientWidth;
      }
      shrink(chart);
      chart.dataset.state = 'drawn';
    } catch (error) {
      chart.textContent = `This chart could not be drawn: ${error.message}`;
      chart.classList.add('failed');
      chart.dataset.state = 'failed';
      console.error(error);
    }
  };

  const drawAll = async () => {
    for (const chart of document.querySelectorAll('.chart')) await draw(chart);
    document.documentElement.dataset.state = 'drawn';
  };

  dark.addEventListener('change', drawAll);
  if (typeof vegaEmbed === 'undefined') {
    for (const chart of document.querySelectorAll('.chart')) chart.textContent = 'The charts need the Vega libraries, which could not be loaded: open this page with a network connection, or make it where npm is installed. The tables and CSV files hold all figures.';
  } else {
    drawAll();
  }
})();
