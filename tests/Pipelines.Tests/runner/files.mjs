// The files by which a step speaks to the runner.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

let count = 0;

/** Fresh files for one step, with the variables that name them. */
export function freshFiles(temp) {
    const folder = join(temp, '_runner', `${count++}`);
    mkdirSync(folder, { recursive: true });
    const names = ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STEP_SUMMARY', 'GITHUB_STATE'];
    const variables = Object.fromEntries(names.map((name) => [name, join(folder, name)]));
    for (const file of Object.values(variables)) writeFileSync(file, '');
    return { folder, variables };
}

export function textOf(file) {
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** NAME=value, or NAME<<END, lines, END; anything else is an error, as the real runner has it. */
export function pairsOf(file) {
    const lines = textOf(file).split('\n');
    const pairs = {};
    for (let at = 0; at < lines.length; at++) {
        const line = lines[at].replace(/\r$/, '');
        if (line === '') continue;
        const [, name, mark, rest] = /^([^=<]+?)(<<|=)(.*)$/s.exec(line) ?? [];
        if (name === undefined) throw new Error(`Invalid format '${line}'`);
        if (mark === '=') pairs[name] = rest;
        else {
            const end = lines.indexOf(rest, at + 1);
            if (end < 0) throw new Error(`Matching delimiter not found '${rest}'`);
            pairs[name] = lines.slice(at + 1, end).join('\n');
            at = end;
        }
    }
    return pairs;
}
