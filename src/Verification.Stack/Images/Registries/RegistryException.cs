namespace Verification.Stack.Images.Registries;

/// <summary>A registry does not answer, or refuses. The message names it, what it was asked, what it said, and what to do.</summary>
public sealed class RegistryException : Exception
{
    /// <summary>Tells what went wrong.</summary>
    /// <param name="message">One or two sentences.</param>
    /// <param name="cause">What was caught, if anything.</param>
    public RegistryException(string message, Exception? cause = null)
        : base(message, cause) { }
}
