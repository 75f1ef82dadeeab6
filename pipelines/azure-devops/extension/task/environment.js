'use strict';

/** The environment of the host. A variable that the pipeline does not have arrives as its own name, `$(NAME)`; that is no value. */
function environmentOf(variables, signIn) {
    const known = Object.entries(variables).filter(([name, value]) => value !== `$(${name})`);
    return { ...Object.fromEntries(known), ...signIn, DOTNET_NOLOGO: 'true' };
}

module.exports = { environmentOf };
