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

  const draw = async chart => {
    const specification = JSON.parse(document.getElementById(chart.dataset.specification).textContent);
    try {
      await vegaEmbed(chart, specification, {
        renderer: 'svg',
        config: theme(),
        actions: { export: true, source: false, compiled: false, editor: false },
      });
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
