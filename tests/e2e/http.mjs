// http.mjs - requests as browsers and programs send them, and as neither would.
import http from 'node:http';
import net from 'node:net';

const agent = new http.Agent({ keepAlive: true, maxSockets: 12 });

// One request to 127.0.0.1.  o: body (string or Buffer), headers, bearer, lang, json (a value to
// be sent as JSON).  Resolves to {status, headers, bytes, text, json}; json: null where it is none.
export let count = 0;
export function ask(port, method, path, o = {}) {
  count++;
  const headers = { 'Accept-Language': o.lang || 'en', ...o.headers };
  let body = o.body;
  if (o.json !== undefined) {
    body = JSON.stringify(o.json);
    headers['Content-Type'] ??= 'application/json';
  }
  if (o.bearer) headers.Authorization = `Bearer ${o.bearer}`;
  if (body !== undefined) headers['Content-Length'] = Buffer.byteLength(body);
  return new Promise((resolve, reject) => {
    const rq = http.request({ host: '127.0.0.1', port, method, path, headers, agent }, (rs) => {
      const parts = [];
      rs.on('data', (part) => parts.push(part));
      rs.on('error', reject);
      rs.on('end', () => resolve(answer(rs, Buffer.concat(parts))));
    });
    rq.setTimeout(120000, () => rq.destroy(new Error(`${method} ${path}: no answer in 120 s`)));
    rq.on('error', reject);
    rq.end(body);
  });
}

function answer(rs, bytes) {
  const text = bytes.toString('utf8');
  let json = null;
  if (/json/.test(rs.headers['content-type'] || '')) {
    try {
      json = JSON.parse(text);
    } catch {
      json = undefined;
    }
  }
  return { status: rs.statusCode, headers: rs.headers, bytes, text, json };
}

// Bytes as they are: {status, closed}.  Status 0: no answer came.  Ends when the server answers
// or closes, or after ms.
export function sendRaw(port, bytes, ms) {
  return new Promise((resolve) => {
    const s = net.connect(port, '127.0.0.1');
    let got = Buffer.alloc(0), closed = false;
    const end = () => {
      clearTimeout(timer);
      s.destroy();
      const m = /^HTTP\/1\.[01] (\d{3})/.exec(got.toString('latin1'));
      resolve({ status: m ? Number(m[1]) : 0, closed });
    };
    const timer = setTimeout(end, ms);
    s.on('connect', () => s.write(bytes));
    s.on('data', (part) => {
      got = Buffer.concat([got, part]);
      if (got.length >= 12) end();
    });
    s.on('error', () => { closed = true; end(); });
    s.on('close', () => { closed = true; end(); });
  });
}

export const closeAll = () => agent.destroy();
