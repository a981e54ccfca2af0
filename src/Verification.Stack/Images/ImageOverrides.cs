namespace Verification.Stack.Images;

/// <summary>Images that the user chose instead of ours.</summary>
/// <param name="Images">Image name by component, such as <c>dashboard</c> to <c>registry:5000/dashboard:7</c>.</param>
public sealed record ImageOverrides(IReadOnlyDictionary<string, string> Images)
{
    /// <summary>No override.</summary>
    public static ImageOverrides None { get; } = new(new Dictionary<string, string>());

    /// <summary>What a user names when any kind of broker is meant.</summary>
    public const string Broker = "broker";

    /// <summary>The overrides for a stack with one kind of broker: what was named <c>broker</c> is the image of that component.</summary>
    /// <param name="component">Component of the broker: artemis or classic.</param>
    public ImageOverrides WithBroker(string component) => Images.TryGetValue(Broker, out var image)
        ? new ImageOverrides(Images.Where(each => each.Key != Broker).Append(new(component, image)).ToDictionary(each => each.Key, each => each.Value, StringComparer.Ordinal))
        : this;

    /// <summary>Reads <c>component=image</c> pairs separated by commas, blanks or semicolons; null or empty means none.</summary>
    /// <exception cref="FormatException">A pair has no component or no image, or a component comes twice.</exception>
    public static ImageOverrides Parse(string? text)
    {
        var images = new Dictionary<string, string>();
        foreach (var pair in (text ?? "").Split([',', ';', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || at == pair.Length - 1)
                throw new FormatException($"'{pair}' names no image of a component. Write component=image, such as dashboard=example/dashboard:7.");
            if (!images.TryAdd(pair[..at], pair[(at + 1)..]))
                throw new FormatException($"The image of '{pair[..at]}' is given twice. Give it once.");
        }

        return images.Count == 0 ? None : new ImageOverrides(images);
    }
}
