namespace Verification.Stack.Images;

/// <summary>Held by whoever makes images on this machine; the operating system frees it with its holder.</summary>
internal sealed class BuildLock : IDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);
    private readonly FileStream file;

    private BuildLock(FileStream file) => this.file = file;

    /// <summary>Waits for the lock. <paramref name="waiting"/> is called once if another holds it.</summary>
    public static async Task<BuildLock> TakeAsync(string path, TimeProvider time, Action waiting, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        for (var said = false; ; said = true)
        {
            try
            {
                return new BuildLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException)
            {
                if (!said)
                    waiting();
            }

            await Task.Delay(Between, time, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => file.Dispose();
}
