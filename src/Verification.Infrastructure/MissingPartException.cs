namespace Verification.Infrastructure;

/// <summary>Something that is needed to look at the infrastructure can't be had on this machine: nothing can be said of it here.</summary>
/// <param name="why">What is missing, and what to do, in a sentence.</param>
/// <param name="named">Whether somebody has named it: then it should have been there.</param>
/// <param name="cause">What was seen; null for nothing.</param>
public abstract class MissingPartException(string why, bool named, Exception? cause) : Exception(why, cause)
{
    /// <summary>Whether somebody has named it by a variable: then it should have been there.</summary>
    public bool IsNamed { get; } = named;
}
