// SPDX-License-Identifier: Apache-2.0
// Prints the slices that Chrome's trace engine finds on each track of the trace in the file named on the command line.
// It gets a track at a time, since it takes begins and ends from all threads for one stack.
import fs from 'node:fs';
import {Model} from '@paulirish/trace_engine/models/trace/ModelImpl.js';

const {traceEvents} = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
for (const tid of new Set(traceEvents.map(event => event.tid))) {
  const model = Model.createWithAllHandlers();
  await model.parse(traceEvents.filter(event => event.tid === tid || event.ph === 'M'), {metadata: {}});
  for (const group of model.parsedTrace(0).data.Renderer.processes.values()) {
    const slices = group.threads.get(tid)?.entries.map(slice => `${slice.name} ${slice.ts}+${slice.dur} us`);
    if (slices?.length) {
      console.log(`${group.threads.get(tid).name}: ${slices.join(', ')}`);
    }
  }
}
