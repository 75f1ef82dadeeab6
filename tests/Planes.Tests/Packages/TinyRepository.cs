using System.Diagnostics;

namespace DssPipeline.Planes.Tests;

/// <summary>
/// Repositories of packages that hold one file each, built and signed with a key that lives as long as they do.
/// In <c>signed</c>: <c>tiny</c> 1.0, 1.1, 1.10 and 2.0, <c>tool</c>, which needs tiny, and <c>deadly</c>, which kills whoever installs it
/// while /etc/deadly is there. In <c>newer</c>: those and <c>tiny</c> 3.0. In <c>unsigned</c>: <c>plain</c>.
/// </summary>
public sealed class TinyRepository : IDisposable
{
    // Not below /tmp, which a scratch machine has for itself.
    private readonly DirectoryInfo folder = Directory.CreateDirectory($"/var/tmp/tiny-repository-{Guid.NewGuid():N}");

    public TinyRepository()
    {
        Run(Build);
        Fingerprint = File.ReadAllText(Path.Combine(folder.FullName, "fingerprint")).Trim();
    }

    /// <summary>Of the key that the packages are signed with.</summary>
    public string Fingerprint { get; }

    public string Key => $"file://{folder.FullName}/key";

    public string Of(string name) => $"file://{folder.FullName}/{name}/";

    public void Dispose() => folder.Delete(recursive: true);

    private const string Build = """
        set -Eeuo pipefail
        cd "$1"
        export GNUPGHOME=$1/gnupg
        package() { # name version folder lines...
            mkdir -p "$3"
            { printf 'Name: %s\nVersion: %s\nRelease: 1.el8\nSummary: tiny\nLicense: MIT\nBuildArch: noarch\n%s\n%%description\ntiny\n' "$1" "$2" "${4:-}"
              printf '%%install\nmkdir -p %%{buildroot}/opt/tiny\necho %s >%%{buildroot}/opt/tiny/%s\n%%files\n/opt/tiny/%s\n%s\n' "$2" "$1" "$1" "${5:-}"
            } >"$1.spec"
            rpmbuild -bb --quiet --define "_topdir $PWD/build" --define "_rpmdir $PWD/$3" --define '_rpmfilename %%{NAME}-%%{VERSION}.rpm' "$1.spec"
        }
        for version in 1.0 1.1 1.10 2.0; do package tiny "$version" signed; done
        package tool 1.0 signed 'Requires: tiny'
        package deadly 1.0 signed $'Requires(post): tiny = 2.0\nProvides: /bin/sh' $'%post\n[ ! -e /etc/deadly ] || kill -9 $PPID'
        package tiny 3.0 newer
        package plain 1.0 unsigned
        mkdir -m 0700 gnupg
        trap 'gpgconf --kill all' EXIT
        gpg --batch --quiet --passphrase '' --quick-gen-key 'tiny <tiny@example.com>' rsa2048 sign never
        gpg --batch --armor --export >key
        gpg --batch --with-colons --list-keys | sed -n 's/^fpr:*\([0-9A-F]*\):$/\1/p' | head -n 1 >fingerprint
        rpmsign --define '__gpg /usr/bin/gpg' --define '_gpg_name tiny@example.com' --addsign signed/*.rpm newer/*.rpm >/dev/null
        cp signed/*.rpm newer/
        for name in signed newer unsigned; do createrepo_c --quiet "$name"; done
        """;

    private void Run(string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", script, "build", folder.FullName]) { RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said);
    }
}
