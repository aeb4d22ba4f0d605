/** What the example for servers has of Node.js. */
declare const process: { env: Record<string, string | undefined> };
