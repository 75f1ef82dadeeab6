using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters.Tests;

/// <summary>A machine with an account that signs in to registries, and a docker that lets everybody in and keeps that as docker does.</summary>
internal sealed class SigningMachine : IAsyncDisposable
{
    public const string Host = "crtest.azurecr.io";

    /// <summary>What people may have had to sign in with; nothing, another registry, the same registry.</summary>
    public const string Other = """{"auths":{"other.example":{"auth":"eDp5"}},"detachKeys":"ctrl-e"}""";
    public const string Same = """{"auths":{"crtest.azurecr.io":{"auth":"b3duOm93bg=="}}}""";

    private const string Docker = """
        #!/bin/bash
        if [ -f ~/refusal ]; then cat ~/refusal >&2; exit 1; fi
        file=$HOME/.docker/config.json
        mkdir -p "$HOME/.docker"
        text=$(cat "$file" 2>/dev/null || printf '{"auths":{}}')
        verb=$1 host=${!#}
        text=$(sed "s/\"${host//./\\.}\":{[^}]*},\?//; s/},}/}}/" <<<"$text")
        if [ "$verb" = login ]; then
            read -r token
            text=${text/'"auths":{'/"\"auths\":{\"$host\":{\"identitytoken\":\"$token\"},"}
            text=${text/',}'/'}'}
        fi
        (umask 077; printf '%s\n' "$text" >"$file")
        """;

    private readonly LastingMachine inner = new();

    public SigningMachine(string settings = "")
    {
        inner.Run($"useradd --create-home signer\ncat >/usr/local/bin/docker <<'END'\n{Docker}\nEND\nchmod 0755 /usr/local/bin/docker");
        if (settings.Length > 0) Write(settings);
    }

    /// <summary>The account's sign-in as a run of this machine sees it.</summary>
    public RegistryLogin Login => LoginOver(inner.Shell);

    /// <summary>What docker of the account has now; nothing where it has no such file.</summary>
    public string Settings => Run("cat ~signer/.docker/config.json 2>/dev/null || :");

    /// <summary>Everything that lies aside.</summary>
    public string Aside => Run("find /var/lib/dss-pipeline -type f 2>/dev/null || :");

    /// <summary>A run in which everything is killed before that command of a change.</summary>
    public RegistryLogin Cut(int before) => LoginOver(new CutShell(inner.Shell, before));

    /// <summary>Somebody changes what docker of the account has.</summary>
    public void Write(string settings) => Run($"runuser -u signer -- sh -c 'umask 077; mkdir -p ~signer/.docker; cat >~signer/.docker/config.json' <<'END'\n{settings}\nEND");

    /// <summary>Somebody signs in to another registry.</summary>
    public void SignInElsewhere() => Run("runuser -u signer -- env -i HOME=$(echo ~signer) PATH=/usr/bin:/bin /usr/local/bin/docker login people.example <<<theirs");

    /// <summary>From now on docker does nothing, and says that.</summary>
    public void Refuse(string words) => Run($"echo '{words}' >~signer/refusal; chmod 0644 ~signer/refusal");

    /// <summary>As a run leaves it that is killed after docker signed in, and before it is written down what that changed.</summary>
    public void LoseMark() => Run("rm /var/lib/dss-pipeline/registry-login/signer/mark");

    /// <summary>What is in memory is gone.</summary>
    public void Reboot() => Run("rm -rf /run/dss-pipeline");

    public string Run(string script) => inner.Run(script);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private static RegistryLogin LoginOver(Shell shell) => new(LastingMachine.Over(shell, typeof(RegistryLogin).Assembly), "signer", Host, _ => Task.FromResult(new Secret("token-of-this-run")));
}
