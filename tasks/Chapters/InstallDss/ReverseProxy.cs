namespace DssPipeline.Chapters;

/// <summary>The configuration of nginx before DSS, as DSS asks for it: long answers, uploads of any size, WebSockets.</summary>
internal static class ReverseProxy
{
    public const string Path = "/etc/nginx/conf.d/dataiku.conf";

    public static string Text(DssHome home, Manifest manifest) => $$"""
        server {
            listen 443 ssl;
            server_name {{manifest.Dss.Https.HostName ?? "_"}};
            ssl_certificate {{DssHome.Certificate}};
            ssl_certificate_key {{DssHome.CertificateKey}};
            ssl_protocols TLSv1.2 TLSv1.3;
            location / {
                proxy_pass http://127.0.0.1:{{manifest.Dss.Port}}/;
                proxy_redirect http://$proxy_host https://$host;
                proxy_redirect http://$host https://$host;
                proxy_read_timeout 3600;
                proxy_send_timeout 600;
                client_max_body_size 0;
                proxy_max_temp_file_size 0;
                proxy_http_version 1.1;
                proxy_set_header Host $http_host;
                proxy_set_header Upgrade $http_upgrade;
                proxy_set_header Connection "upgrade";
                proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            }
        }

        """;
}
