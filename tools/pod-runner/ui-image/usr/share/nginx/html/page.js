// Lists repositories and tags, copies pull commands and deletes images, by the requests that the real page makes.

const options = document.body.dataset;
const registry = (options.registryUrl || location.origin + location.pathname).replace(/\/+$/, '');
const pullAddress = options.pullUrl || registry.replace(/^https?:\/\//, '');
const main = document.querySelector('main');
// Longer than what a page may send to another origin unasked: a registry with CORS must allow the header.
const MANIFESTS = [
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
].join(', ');

/** A request that is made again with credentials if the registry wants a login, so that the browser asks for one. */
async function ask(path, init = {}) {
  const credentials = options.secured === 'true' ? 'include' : 'same-origin';
  const answer = await fetch(registry + path, { ...init, credentials });
  return answer.status === 401 ? fetch(registry + path, { ...init, credentials: 'include' }) : answer;
}

async function list(path, key) {
  try {
    const answer = await ask(path);
    if (answer.ok) return (await answer.json())[key] ?? [];
    say(`${answer.status}: ${await answer.text()}`);
  } catch (error) {
    say(String(error));
  }
  return [];
}

function say(text) {
  document.querySelector('[role=status]').textContent = text;
}

function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

async function catalog() {
  const repositories = (await list(`/v2/_catalog?n=${options.catalogLimit || 1000}`, 'repositories')).sort();
  const groups = Map.groupBy(repositories, (repository) => repository.replace(/\/.*/, '/'));
  const count = `${repositories.length} images in ${groups.size} repositories`;
  main.replaceChildren(make('h2', {}, `Repositories of ${options.registryTitle} `, make('small', {}, count)));
  for (const [group, names] of groups) {
    const links = make(
      'ul',
      {},
      ...names.map((name) => make('li', {}, make('a', { href: `#!/taglist/${name}` }, name))),
    );
    if (names.length === 1) {
      main.append(links);
      continue;
    }
    links.hidden = groups.size > 1;
    const toggle = () => {
      links.hidden = !links.hidden;
    };
    main.append(
      make(
        'div',
        { onclick: toggle },
        make('p', {}, `${group} `, make('small', {}, `${names.length} images`)),
      ),
      links,
    );
  }
}

async function tags(repository) {
  const names = (await list(`/v2/${repository}/tags/list`, 'tags')).sort();
  main.replaceChildren(
    make('h2', {}, `Tags of ${repository} `, make('small', {}, `${names.length} tags`)),
    make('table', {}, ...(await Promise.all(names.map((name) => row(repository, name))))),
  );
}

async function row(repository, tag) {
  const digest = await digestOf(repository, tag);
  const command = `docker pull ${pullAddress}/${repository}:${tag}`;
  const copy = make(
    'button',
    { title: 'Copy pull command.', onclick: () => navigator.clipboard.writeText(command) },
    'copy',
  );
  const cells = [make('td', {}, make('span', {}, tag), ' ', copy)];
  if (options.digest === 'true') cells.push(make('td', {}, digest));
  if (options.deleteImages === 'true') {
    const remove = make(
      'button',
      { title: 'This will delete the image.', onclick: () => confirmDeletion(repository, tag) },
      'delete',
    );
    cells.push(make('td', {}, remove));
  }
  return make('tr', {}, ...cells);
}

/** The registry's word for it, or one's own sum where another origin does not show it. */
async function digestOf(repository, tag) {
  const answer = await ask(`/v2/${repository}/manifests/${tag}`, { headers: { Accept: MANIFESTS } });
  const named = answer.headers.get('Docker-Content-Digest');
  if (named) return named;
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', await answer.arrayBuffer()));
  return `sha256:${[...sum].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

function confirmDeletion(repository, tag) {
  const dialog = make('dialog', {}, 'These images will be deleted: ', `${repository}:${tag}`);
  const remove = async () => {
    dialog.remove();
    const path = `/v2/${repository}/manifests/${await digestOf(repository, tag)}`;
    const answer = await ask(path, { method: 'DELETE', headers: { Accept: MANIFESTS } });
    say(answer.ok ? `Deleted ${repository}:${tag}` : `${answer.status}: ${await answer.text()}`);
    await tags(repository);
  };
  dialog.append(make('p', {}, make('button', { onclick: remove }, 'Delete')));
  document.body.append(dialog);
  dialog.showModal();
}

function show() {
  const [, repository] = /^#!\/taglist\/(.+)$/.exec(location.hash) ?? [];
  say('');
  return repository === undefined ? catalog() : tags(repository);
}

const home = make('a', { href: '#', style: 'color: inherit' }, options.uiTitle || 'Docker Registry UI');
document.querySelector('header').append(home);
document.querySelector('header').style.background = options.headerBackground;
addEventListener('hashchange', show);
await show();
