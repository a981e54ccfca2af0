namespace Verification.Gate.Progress;

/// <summary>Told at once, in order: <see cref="Progress{T}"/> would hand over to the thread pool.</summary>
internal sealed class Told<T>(Action<T> tell) : IProgress<T>
{
    /// <inheritdoc />
    public void Report(T value) => tell(value);
}
