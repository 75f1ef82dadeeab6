// Expressions of GitHub Actions, by GitHub's own library.
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';

const statusWords = /\b(success|failure|always|cancelled)\s*\(/;

/** A text with every ${{ … }} in it filled in. */
export function fill(text, context, status) {
    if (typeof text !== 'string') return text === undefined || text === null ? '' : String(text);
    return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression) => evaluate(expression.trim(), context, status).coerceString());
}

/** The members of a mapping, each filled in. */
export function fillAll(mapping, context, status) {
    return Object.fromEntries(Object.entries(mapping ?? {}).map(([name, value]) => [name, fill(value, context, status)]));
}

/** What an `if:` comes to: without a word about the status, only when everything before went well. */
export function holds(condition, context, status) {
    if (condition === undefined) return !status.failed;
    const expression = String(condition).replace(/^\s*\$\{\{(.*)\}\}\s*$/s, '$1').trim();
    const met = truth(evaluate(expression, context, status));
    return statusWords.test(expression) ? met : met && !status.failed;
}

/** What an expression comes to, as it is. */
export function valueOf(text, context) {
    return JSON.parse(JSON.stringify(evaluate(text.replace(/^\s*\$\{\{(.*)\}\}\s*$/s, '$1').trim(), context), data.replacer));
}

function evaluate(expression, context, status) {
    const functions = functionsOf(status ?? { failed: false });
    const { tokens } = new Lexer(expression).lex();
    const tree = new Parser(tokens, Object.keys(context), [...functions.values()]).parse();
    return new Evaluator(tree, asData(context), functions).evaluate();
}

function functionsOf(status) {
    const yes = { success: () => !status.failed, failure: () => status.failed, always: () => true, cancelled: () => false };
    return new Map(Object.entries(yes).map(([name, answer]) => [name, { name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(answer()) }]));
}

function asData(value) {
    return JSON.parse(JSON.stringify(value ?? null), data.reviver);
}

function truth(value) {
    const plain = value.kind === data.Kind.Null ? null : value.value ?? true;
    return Boolean(plain);
}
