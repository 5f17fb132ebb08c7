/** `npm run screenshots`, after a build: the pictures of the chat's main states in the documentation. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { answerScenes, photograph, scenes } from './scenes.js';
import { World } from './world.js';

const world = await World.create();
try {
  for (const scene of [...scenes, ...answerScenes]) {
    const path = fileURLToPath(new URL(`../../../demo/pictures/chat-${scene.name}.png`, import.meta.url));
    writeFileSync(path, await photograph(world, scene));
  }
} finally {
  await world.close();
}
