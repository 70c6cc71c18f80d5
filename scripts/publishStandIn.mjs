/** Accepts what vsce and ovsx send to the Marketplace and to Open VSX, and stores nothing. */
import { createServer } from 'node:http';

/** The requests of vsce to the Marketplace, by API id: https://github.com/microsoft/azure-devops-node-api */
const LOCATIONS = {
  'e11ea35a-16fe-4b80-ab11-c4cab88a0966': '_apis/gallery/publishers/{publisherName}/extensions/{extensionName}',
  'a41192c8-9525-4b58-bc86-179fa549d80d': '_apis/gallery/extensions',
};

export async function startStandIn() {
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const { status, body } = answer(request, Buffer.concat(chunks));
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}

function answer({ method, url }, bytes) {
  if (method === 'OPTIONS') {
    const value = Object.entries(LOCATIONS).map(([id, routeTemplate]) => ({
      id,
      area: 'gallery',
      routeTemplate,
      resourceVersion: 2,
      minVersion: '1.0',
      maxVersion: '7.2',
      releasedVersion: '0.0',
    }));
    return { status: 200, body: { count: value.length, value } };
  }
  // An extension that was never published, uploaded as a VSIX.
  if (method === 'POST' && holdsVsix(bytes))
    return { status: 201, body: { name: 'dockerfile-optimizer', versions: [] } };
  return { status: 404, body: { message: `nothing at ${url}` } };
}

/** Finds a zip, either raw or inside JSON or a form. */
function holdsVsix(bytes) {
  if (bytes.includes('PK\u0003\u0004')) return true;
  try {
    return JSON.parse(bytes.toString('utf8')).extensionManifest.startsWith('UEsDB');
  } catch {
    return false;
  }
}
