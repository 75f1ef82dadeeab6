namespace DssPipeline.Rehearsal.Tests;

/// <summary>https by DSS itself and by the nginx before it; certificates are replaced when they change, and nothing of them is told.</summary>
[TakesMinutes]
public sealed class HttpsTests
{
    private const string Files = "stat -c '%a %U %G' /etc/dataiku-tls/dss.pem /etc/dataiku-tls/dss.key";

    private static readonly string[] Install = ["--target", "InstallDss"];

    [Fact]
    public async Task DSS_itself_serves_https_leads_http_to_it_and_takes_a_new_certificate()
    {
        using var world = await MachineWorld.WholeAsync();
        var (first, second) = (new PemPair(world.Stage, "first"), new PemPair(world.Stage, "second"));

        var made = await world.RunAsync([.. Install, .. first.Sets("native")]);
        var again = await world.RunAsync(["--target", "Plan", .. first.Sets("native")]);
        var renewed = await world.RunAsync([.. Install, .. second.Sets("native")]);
        var found = await world.MustAsync($"""
            systemctl start dataiku
            curl -sk --retry 30 --retry-all-errors -o /dev/null -w '%{"{"}http_code{"}"}\n' https://127.0.0.1:11000/public/api/admin/licensing/status
            curl -s -o /dev/null -w '%{"{"}http_code{"}"} %{"{"}redirect_url{"}"}\n' http://127.0.0.1:11000/login
            openssl s_client -connect 127.0.0.1:11000 </dev/null 2>/dev/null | openssl x509 -noout -fingerprint -sha256 | tr -d :
            {Files}
            """);
        var off = await world.RunAsync(Install);

        made.Ends(0).Says("+ machine/dssSecretFile/etc/dataiku-tls/dss.key").Says("DSS restarts").Says("Looked again: nothing differs.");
        again.Ends(0);
        renewed.Ends(0).Says("~ machine/dssSecretFile/etc/dataiku-tls/dss.pem").Says("/content: another → as wished").Says("DSS restarts with the new certificate");
        off.Ends(0).Says("/values/server.ssl: true → false").Says("Looked again: nothing differs.");
        Assert.Equal($"401\n302 https://127.0.0.1:11000/login\nsha256 Fingerprint={second.Fingerprint}\n640 root dssuser\n640 root dssuser", found);
        foreach (var run in new[] { made, again, renewed }) first.IsNotIn(run);
        second.IsNotIn(renewed);
    }

    [Fact]
    public async Task An_nginx_before_DSS_serves_https_and_takes_a_new_certificate()
    {
        using var world = await MachineWorld.WholeAsync();
        var (first, second) = (new PemPair(world.Stage, "first"), new PemPair(world.Stage, "second"));

        var made = await world.RunAsync([.. Install, .. first.Sets("proxy"), "--set", "dss.https.hostName=dss.example.com"]);
        var renewed = await world.RunAsync([.. Install, .. second.Sets("proxy"), "--set", "dss.https.hostName=dss.example.com"]);
        var again = await world.RunAsync(["--target", "Plan", .. second.Sets("proxy"), "--set", "dss.https.hostName=dss.example.com"]);
        var found = await world.MustAsync($"""
            {Files}
            openssl x509 -in /etc/dataiku-tls/dss.pem -noout -fingerprint -sha256 | tr -d :
            systemctl is-enabled nginx
            tr -s ' ' </etc/nginx/conf.d/dataiku.conf
            """);

        made.Ends(0).Says("+ machine/file/etc/nginx/conf.d/dataiku.conf");
        Assert.DoesNotContain("machine/dssService", made.Output, StringComparison.Ordinal);
        renewed.Ends(0).Says("~ machine/dssSecretFile/etc/dataiku-tls/dss.pem").Says("nginx restarts with the new certificate: people reconnect within seconds.").Says("~ machine/service/nginx");
        again.Ends(0);
        Assert.StartsWith($"640 root root\n640 root root\nsha256 Fingerprint={second.Fingerprint}\nenabled\n", found, StringComparison.Ordinal);
        foreach (var line in Directives) Assert.Contains($" {line};\n", found, StringComparison.Ordinal);
        foreach (var run in new[] { made, renewed }) first.IsNotIn(run);
    }

    private static string[] Directives =>
    [
        "listen 443 ssl", "server_name dss.example.com", "proxy_pass http://127.0.0.1:11000/", "proxy_redirect http://$proxy_host https://$host", "proxy_redirect http://$host https://$host",
        "proxy_read_timeout 3600", "proxy_send_timeout 600", "client_max_body_size 0", "proxy_max_temp_file_size 0", "proxy_http_version 1.1",
        "proxy_set_header Host $http_host", "proxy_set_header Upgrade $http_upgrade", "proxy_set_header Connection \"upgrade\"", "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for",
    ];
}
