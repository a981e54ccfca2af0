using Verification.Stack;
using Verification.Stack.Images;
using Verification.Stack.Starting;

namespace Verification.Gate.Admission;

/// <summary>The images that a user named, by the components that were verified.</summary>
internal static class NamedImages
{
    private static readonly IReadOnlyList<string> Brokers = [.. Enum.GetValues<BrokerKind>().Select(StackStarter.NameOf)];

    /// <summary>What was named <c>broker</c> is the image of each kind of broker among the components; it stays where there is
    /// none.</summary>
    /// <param name="named">Images by the name that the user gave.</param>
    /// <param name="components">Names of the components.</param>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyDictionary<string, string> named, IEnumerable<string> components) =>
        named.TryGetValue(ImageOverrides.Broker, out var image) && Brokers.Intersect(components).ToList() is { Count: > 0 } kinds
            ? named
                .Where(each => each.Key != ImageOverrides.Broker)
                .Concat(kinds.Select(kind => KeyValuePair.Create(kind, image)))
                .ToDictionary(StringComparer.Ordinal)
            : named;
}
