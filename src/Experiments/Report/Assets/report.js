'use strict';
(() => {
  // Colours for an exported picture; on the page the style sheet turns these three into its own, on screen and paper, light and dark.
  const [ink, quiet, line] = ['black', 'dimgray', 'gainsboro'];
  const theme = {
    aria: false, // each chart has one text, not one for every point
    background: 'white',
    font: 'system-ui, "Segoe UI", Roboto, sans-serif',
    view: { stroke: line },
    axis: { labelColor: quiet, titleColor: ink, gridColor: line, domainColor: quiet, tickColor: quiet, titleFontWeight: 500 },
    legend: { labelColor: ink, titleColor: ink, titleFontWeight: 500 },
    header: { labelColor: ink, titleColor: ink, titleFontWeight: 500 },
    title: { color: ink, fontWeight: 600, anchor: 'start' },
    text: { color: ink },
    rule: { color: quiet },
  };

  const embed = (chart, specification) => vegaEmbed(chart, specification, {
    renderer: 'svg',
    config: theme,
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
    const given = JSON.parse(document.getElementById(chart.dataset.specification).textContent);
    try {
      for (let specification = given, excess = 1; specification; specification = excess > 0 ? narrower(specification, Math.ceil(excess)) : null) {
        ({ view: chart.view } = await embed(chart, specification));
        excess = chart.querySelector('svg').getBoundingClientRect().width - chart.clientWidth;
      }
      shrink(chart);
      const svg = chart.querySelector('svg');
      svg.setAttribute('role', 'img');
      svg.setAttribute('aria-label', given.description);
      chart.querySelector('summary').setAttribute('aria-label', 'Save this chart');
      chart.dataset.state = 'drawn';
    } catch (error) {
      chart.textContent = `This chart could not be drawn: ${error.message}`;
      chart.classList.add('failed');
      chart.dataset.state = 'failed';
      console.error(error);
    }
  };

  // What scrolls can be reached with the keyboard, and says what it is.
  const nameScrolling = () => {
    for (const box of document.querySelectorAll('.scroll')) {
      const scrolls = box.scrollWidth > box.clientWidth;
      const name = (box.querySelector('caption') ?? box.closest('figure')?.querySelector('h3'))?.textContent;
      for (const [attribute, value] of [['tabindex', '0'], ['role', 'group'], ['aria-label', name]]) {
        if (scrolls) box.setAttribute(attribute, value);
        else box.removeAttribute(attribute);
      }
    }
  };

  (async () => {
    for (const chart of document.querySelectorAll('.chart')) await draw(chart);
    nameScrolling();
    addEventListener('resize', nameScrolling);
    document.documentElement.dataset.state = 'drawn';
  })();
})();
