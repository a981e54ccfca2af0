namespace Verification.Stack.Runs;

/// <summary>A lock can be held by nobody: its file can't be made or opened.</summary>
/// <param name="path">The file.</param>
/// <param name="advice">What to do, a sentence.</param>
/// <param name="cause">What the system said.</param>
public sealed class LockException(string path, string advice, Exception cause)
    : IOException($"{path} cannot be locked: {cause.Message.TrimEnd('.')}. {advice}", cause)
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;
}
