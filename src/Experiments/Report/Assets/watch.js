'use strict';
(() => {
  const controls = document.getElementById('controls');
  const status = document.getElementById('status');
  const stop = document.getElementById('stop');
  const events = new EventSource(`events?after=${controls.dataset.epochs}`);

  // The charts grow by what is new; a page from before the first epoch has none yet.
  const show = async ({ data }) => {
    const news = JSON.parse(data);
    if (!document.querySelector('.chart')) return location.reload();
    status.textContent = news.status;
    for (const { id, table, finding, rows } of news.figures) {
      const figure = document.getElementById(id);
      figure.querySelector('figcaption p').textContent = finding;
      await figure.querySelector('.chart').view.insert(table, rows).runAsync();
    }
  };

  const drawn = new Promise(resolve => {
    const look = () => document.documentElement.dataset.state === 'drawn' ? resolve() : setTimeout(look, 20);
    look();
  });
  let turn = drawn;
  events.onmessage = event => { turn = turn.then(() => show(event)); };
  events.addEventListener('end', () => {
    events.close();
    location.reload(); // the page that train wrote
  });
  events.onerror = () => {
    status.textContent = 'The training has ended, or cannot be reached.';
    stop.disabled = true;
  };
  stop.addEventListener('click', async () => {
    stop.disabled = true;
    await fetch('stop', { method: 'POST' });
    status.textContent = 'Stopping; the best model so far is kept.';
  });
})();
