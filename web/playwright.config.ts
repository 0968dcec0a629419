// The explorer in a real browser, against a real `entente serve` on the seed articles. `./test.sh` runs it.
import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const chromium = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
const laptop = { viewport: { width: 1366, height: 850 } };
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

export default defineConfig({
  testDir: 'tests',
  globalSetup: './tests/server.ts',
  timeout: 120_000,
  expect: { timeout: 20_000 },
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    launchOptions: { ...(chromium && { executablePath: chromium }), args: ['--no-sandbox', '--disable-dev-shm-usage'] },
    contextOptions: { reducedMotion: 'reduce' },
    trace: 'off',
  },
  projects: [
    { name: 'laptop', use: laptop, testIgnore: /writing/ },
    { name: 'phone', use: phone, testMatch: /(pages|tasks)\.spec/ },
    { name: 'dark', use: { ...laptop, colorScheme: 'dark' }, testMatch: /pages\.spec/ },
    // What writes comes last, so that the others see the seeds alone.
    { name: 'writing', use: laptop, testMatch: /writing\.spec/, dependencies: ['laptop', 'phone', 'dark'] },
  ],
});
