'use strict';

/** The command line of the host, one element a word. No shell ever sees it, so nothing in an input needs quoting. */
function argumentsOf(inputs) {
    return [
        ...option('--manifest', inputs.manifest),
        ...option('--environment', inputs.environment),
        ...option('--target', inputs.target),
        ...inputs.set.flatMap((wish) => option('--set', wish)),
        ...option('--approve', inputs.approve),
        ...option('--parallelism', inputs.parallelism),
        ...sandboxOf(inputs.sandbox),
        ...option('--label', inputs.label),
        ...option('--plan-file', inputs.planFile),
        ...option('--report', inputs.report),
        ...(inputs.comment ? ['--comment'] : []),
        ...words(inputs.arguments),
    ];
}

function option(name, value) {
    return value === undefined ? [] : [name, value];
}

/** `true` is the sandbox in its usual folder, `false` is none, anything else names the folder. */
function sandboxOf(sandbox) {
    if (sandbox === undefined || /^false$/i.test(sandbox)) return [];
    return /^true$/i.test(sandbox) ? ['--sandbox'] : ['--sandbox', sandbox];
}

/** Words with blanks between them; double quotes hold blanks together. */
function words(text) {
    const found = (text ?? '').match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
    return found.map((word) => word.replaceAll('"', ''));
}

module.exports = { argumentsOf };
