using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>Resource Manager for whatever subscription a request names: each guid is one, with registrations of its own, all in one world.</summary>
internal sealed class ArmSubscriptions(ArmStore store, TimeProvider clock, ArmOptions options)
{
    private readonly ArmApi _first = new(store, clock, options);
    private readonly Dictionary<Guid, ArmApi> _more = [];

    public Task HandleAsync(HttpContext context) => Of(context.Request.Path).HandleAsync(context);

    /// <summary>The machines of the world come up.</summary>
    public void Boot() => _first.Boot();

    private ArmApi Of(PathString path)
    {
        var named = path.Value!.Split('/') is ["", var word, var id, ..] && word.Equals("subscriptions", StringComparison.OrdinalIgnoreCase) ? id : null;
        if (!Guid.TryParse(named, out var guid) || named.Equals(options.SubscriptionId, StringComparison.OrdinalIgnoreCase) || options.OtherSubscriptions.Contains(named)) return _first;

        lock (store.Gate)
        {
            return _more.TryGetValue(guid, out var known) ? known : _more[guid] = new ArmApi(store, clock, options with { SubscriptionId = named });
        }
    }
}
