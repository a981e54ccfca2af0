using Verification.Objectives;
using Verification.Stack.Sessions;

namespace Verification.Stack.Images;

/// <summary>Images that the user chose instead of ours.</summary>
/// <param name="Images">Image name by component, such as <c>dashboard</c> to <c>registry:5000/dashboard:7</c>.</param>
public sealed record ImageOverrides(IReadOnlyDictionary<string, string> Images)
{
    /// <summary>No override.</summary>
    public static ImageOverrides None { get; } = new(new Dictionary<string, string>());

    /// <summary>The variable that names images for a run of tests.</summary>
    public const string Variable = VerifyVariables.Images;

    /// <summary>What a user names when any kind of broker is meant.</summary>
    public const string Broker = "broker";

    /// <summary>The overrides for a stack with one kind of broker: what was named <c>broker</c> is the image of that component.</summary>
    /// <param name="component">Component of the broker: artemis or classic.</param>
    public ImageOverrides WithBroker(string component) =>
        Images.TryGetValue(Broker, out var image)
            ? new ImageOverrides(
                Images
                    .Where(each => each.Key != Broker)
                    .Append(new(component, image))
                    .ToDictionary(each => each.Key, each => each.Value, StringComparer.Ordinal)
            )
            : this;

    /// <summary>What is wrong with the image of a component, in one line; null where nothing is.</summary>
    /// <param name="component">Component it is for.</param>
    /// <param name="image">Name of an image; for a service <c>build</c> or <c>build:PROJECT</c>, too.</param>
    public static string? ProblemOf(string component, string image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (!ServiceImages.IsBuilt(image))
            return ImageName.ProblemOf(image);
        return PreviousRelease.Services.Contains(component)
            ? null
            : $"'{image}': only {string.Join(" and ", PreviousRelease.Services)} are built from projects; name an image";
    }

    /// <summary>Reads <c>component=image</c> pairs separated by commas, semicolons, blanks or line ends; null or empty means
    /// none.</summary>
    /// <param name="text">The pairs.</param>
    /// <param name="where">Where they stand, for the error: the name of a variable.</param>
    /// <exception cref="FormatException">A pair has no component or no image, a component comes twice, or a name is none of an
    /// image.</exception>
    public static ImageOverrides Parse(string? text, string where = Variable)
    {
        var images = new Dictionary<string, string>();
        foreach (var pair in (text ?? "").Split([',', ';', ' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || at == pair.Length - 1)
                throw new FormatException(
                    $"{where}: '{pair}' names no image of a component. Write component=image, such as dashboard=example/dashboard:7."
                );
            var (component, image) = (pair[..at], pair[(at + 1)..]);
            if (ProblemOf(component, image) is { } problem)
                throw new FormatException($"{where}: {component}: {problem}.");
            if (!images.TryAdd(component, image))
                throw new FormatException($"{where}: the image of '{component}' is given twice. Give it once.");
        }

        return images.Count == 0 ? None : new ImageOverrides(images);
    }
}
