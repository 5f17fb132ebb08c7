/** Starts the runtime on a free port, and prints its URL. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const args = ['serve', `--socket-addr=http=127.0.0.1:${process.env.PORT ?? 8787}`, '--control-fd=3', 'worker.capnp'];
const child = spawn('node_modules/@cloudflare/workerd-linux-64/bin/workerd', args, { stdio: ['ignore', 'inherit', 'inherit', 'pipe'] });
for await (const line of createInterface(child.stdio[3])) {
  const { event, port } = JSON.parse(line);
  if (event === 'listen') console.log(`http://localhost:${port}`);
}
