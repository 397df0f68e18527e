import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { testbedSettings } from '../../src/model/settings.ts';
import type { DriverRequest } from '../support/audit-driver.ts';
import { builtTool } from '../support/built-tool.ts';
import { start } from '../support/run-process.ts';

const lines = 100_000;
/** With the journal too, which is most of the time. */
const isSoak = process.env.SOAK_KILLS !== undefined;

it(`P9 ${lines} lines are read and scheduled in less than 400 MB`, async () => {
  const dir = await mkdtemp(join(tmpdir(), 'ipv6gov-long-'));
  try {
    const list = join(dir, 'list.csv');
    const stream = createWriteStream(list);
    stream.write('id,name_vi,domain,category\n');
    for (let line = 0; line < lines; line += 1) {
      if (!stream.write(`a${line},Cơ quan số ${line},co-quan-${line}.gov.vn,agency\n`)) await once(stream, 'drain');
    }
    stream.end();
    await once(stream, 'finish');
    const request: DriverRequest = {
      world: {
        endpoints: {},
        extraCertificates: [],
        manifest: {
          resolution: { mode: 'iterative', rootServers: [] },
          controls: { web: [], smtp: [] },
          addressPolicy: 'documentation-is-global',
          settings: testbedSettings(),
        },
      },
      options: { runDir: dir, lists: [list] },
      scheduleOnly: isSoak ? 'journal' : 'memory',
    };
    const file = join(dir, 'request.json');
    await writeFile(file, JSON.stringify(request));
    const ended = await start(process.execPath, [(await builtTool()).driver, file]).ended;
    expect(JSON.parse(ended.out)).toEqual({ measured: lines });
    const kib = Number(/largest resident set: (\d+) KiB/.exec(ended.err)?.[1]);
    expect(kib).toBeGreaterThan(0);
    expect(kib).toBeLessThan(400 * 1024);
    if (isSoak) process.stderr.write(`P9 ${kib} KiB\n`);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}, 120_000);
