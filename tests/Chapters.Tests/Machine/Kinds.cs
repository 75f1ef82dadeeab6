using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters.Tests;

/// <summary>One kind for the four promises: what is wished, how somebody bends it, and which paths of it differ then.</summary>
/// <param name="Before">What must be on the machine before.</param>
internal sealed record Kind(Func<Machine, MachineResource> Wish, string Bend, string Bent, string Before = "");

/// <summary>Every generic kind that needs no disk and no server.</summary>
internal static class Kinds
{
    private static readonly Dictionary<string, string> Values = new(StringComparer.Ordinal) { ["general.b"] = "it's $(two)", ["new.key"] = "x" };

    private static readonly Dictionary<string, string> Environment = new(StringComparer.Ordinal) { ["A"] = "it's\n$(two)", ["B"] = "" };

    public static IReadOnlyDictionary<string, Kind> All { get; } = new Dictionary<string, Kind>(StringComparer.Ordinal)
    {
        ["file"] = new(
            machine => new MachineFile(machine, "/etc/dss-test/a b/c.conf", "one\n\ttwo é\n") { Mode = "0640", Group = "daemon" },
            "echo three >>'/etc/dss-test/a b/c.conf'; chmod 0666 '/etc/dss-test/a b/c.conf'",
            "/mode /content"),
        ["long file"] = new(machine => new MachineFile(machine, "/opt/long", new string('x', 9000)), "rm /opt/long; echo >/opt/long", "/sha256"),
        ["secret file"] = new(machine => new MachineFile(machine, "/etc/licence", new Secret("hunter2")), "printf hunter3 >/etc/licence", "/fingerprint"),
        ["folder"] = new(
            machine => new Folder(machine, "/srv/one/two") { Owner = "daemon", Mode = "2750", Reach = FolderReach.Everything },
            "chown root: /srv/one/two; chmod 0777 /srv/one/two",
            "/owner /mode"),
        ["account"] = new(
            machine => new Account(machine, "dsstest") { Uid = 4242, Groups = ["dssgroup", "audio"] },
            "usermod -s /bin/sh dsstest; gpasswd --delete dsstest audio >&2; rm -r /home/dsstest; passwd -d dsstest >&2",
            "/home /shell /groups/audio /password",
            "groupadd dssgroup"),
        ["limits"] = new(
            machine => new Limits(machine, "dsstest") { OpenFiles = 4096, Processes = 5000 },
            "sed -i 's/soft nofile 4096/soft nofile 1000/' /etc/security/limits.d/90-dss.conf",
            "/file/soft nofile",
            "useradd dsstest"),
        ["selinux"] = new(
            machine => new Selinux(machine, "permissive"),
            "sed -i s/=permissive/=enforcing/ /etc/selinux/config; setenforce 1",
            "/now /atBoot",
            """
            mkdir -p /etc/selinux; printf '# c\nSELINUX=enforcing\nSELINUXTYPE=targeted' >/etc/selinux/config; echo 1 >/etc/mode
            printf '#!/bin/bash\n[ "$(cat /etc/mode)" = 1 ] && echo Enforcing || echo Permissive\n' >/usr/bin/getenforce
            printf '#!/bin/bash\necho "$1" >/etc/mode\n' >/usr/sbin/setenforce
            chmod +x /usr/bin/getenforce /usr/sbin/setenforce
            """),
        ["timeZone"] = new(machine => new MachineTimeZone(machine, "Etc/GMT-3"), "ln -sf /usr/share/zoneinfo/UTC /etc/localtime", "/zone"),
        ["sysctl"] = new(machine => new Sysctl(machine, "kernel.msgmax", "9001"), "echo 8192 >/proc/sys/kernel/msgmax", "/now"),
        ["properties"] = new(
            machine => new Settings(machine, "/opt/dip.properties", SettingsFormat.Properties, Values),
            "sed -i 's/^general.b=.*/general.b=bent/' /opt/dip.properties",
            "/values/general.b",
            "printf '# c\\ngeneral.b : 1\\nother = \\\\\\n  2\\n' >/opt/dip.properties"),
        ["ini"] = new(
            machine => new Settings(machine, "/opt/install.ini", SettingsFormat.Ini, Values),
            "sed -i '/^b =/d' /opt/install.ini",
            "/values/general.b",
            "printf '; c\\n[general]\\na = 1\\n\\n[git]\\nmode = project\\n' >/opt/install.ini"),
        ["env"] = new(
            machine => new Settings(machine, "/opt/env-site.sh", SettingsFormat.Env, Environment) { Birth = SettingsBirth.Made, Owner = "daemon", Mode = "0640" },
            "sed -i \"s/^export B=.*/export B='bent'\\nexport FORMER='x'/\" /opt/env-site.sh",
            "/values/B /former"),
        ["archive"] = new(
            machine => new Archive(machine, "/opt/kits/services", "file:///etc/services") { Owner = "daemon" },
            "echo bent >>/opt/kits/services",
            "/complete"),
    };
}
