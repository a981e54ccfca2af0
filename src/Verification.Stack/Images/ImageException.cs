namespace Verification.Stack.Images;

/// <summary>An image can't be had.</summary>
public sealed class ImageException : Exception
{
    /// <summary>Tells which, what was tried, and what to do.</summary>
    /// <param name="component">Component that has no image.</param>
    /// <param name="tried">Each way that was tried, with what went wrong.</param>
    /// <param name="advice">What to do next: a full sentence.</param>
    /// <param name="cause">What was caught last, if anything.</param>
    public ImageException(string component, IReadOnlyList<string> tried, string advice, Exception? cause = null)
        : base($"No image for {component}. Tried: {string.Join("; ", tried)}. {advice}", cause)
    {
        Component = component;
        Tried = tried;
        Advice = advice;
    }

    /// <summary>Component that has no image.</summary>
    public string Component { get; }

    /// <summary>Each way that was tried, with what went wrong.</summary>
    public IReadOnlyList<string> Tried { get; }

    /// <summary>The variable that names what is missing for it, if that is set: then it should have been there. Null otherwise.</summary>
    public string? NamedBy { get; init; }

    /// <summary>Whether the user's name is at fault: whoever could have an image of that name was asked, and has none.</summary>
    public bool IsNameAtFault { get; init; }

    /// <summary>What to do next.</summary>
    public string Advice { get; }
}
