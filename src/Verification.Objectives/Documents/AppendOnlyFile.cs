using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Verification.Objectives;

/// <summary>
/// A file that grows only at its end, also with several processes writing: each append is one <c>write(2)</c> on a descriptor opened with
/// <c>O_APPEND</c> (POSIX; .NET's own append mode keeps its own position and would overwrite what others added). The descriptor stays open.
/// </summary>
internal sealed partial class AppendOnlyFile : IDisposable
{
    private const int LinuxReadAppendCloseOnExec = 0x2 | 0x400 | 0x80000;
    private const int MacReadAppendCloseOnExec = 0x2 | 0x8 | 0x1000000;
    private readonly SafeFileHandle handle;
    private readonly string path;

    private AppendOnlyFile(SafeFileHandle handle, string path)
    {
        this.handle = handle;
        this.path = path;
    }

    /// <summary>Opens the file, creates it if there is none.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static AppendOnlyFile Open(string path)
    {
        // Created first: open(2) then needs no mode, whose passing (variadic) differs between platforms.
        File.Open(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete).Dispose();
        var descriptor = Open(path, OperatingSystem.IsMacOS() ? MacReadAppendCloseOnExec : LinuxReadAppendCloseOnExec);
        return descriptor >= 0
            ? new AppendOnlyFile(new SafeFileHandle(descriptor, ownsHandle: true), path)
            : throw new IOException($"{path} cannot be opened for appending: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    /// <summary>Whether what is last in the file lacks the end of its line: its writer died, or is writing still.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public bool EndsWithinLine()
    {
        Span<byte> last = stackalloc byte[1];
        var length = RandomAccess.GetLength(handle);
        return length > 0 && RandomAccess.Read(handle, last, length - 1) == 1 && last[0] != (byte)'\n';
    }

    /// <summary>Appends bytes in one piece.</summary>
    /// <param name="bytes">What is appended.</param>
    /// <param name="failure">Why not all were written (the disk is full or failing); null where they were.</param>
    /// <returns>How many were written.</returns>
    public int Append(ReadOnlySpan<byte> bytes, out IOException? failure)
    {
        var written = Write(handle, bytes, (nuint)bytes.Length);
        failure =
            written == bytes.Length
                ? null
                : new IOException(
                    $"{path}: {Math.Max(0, written)} of {bytes.Length} bytes were written: {(written < 0 ? Marshal.GetLastPInvokeErrorMessage() : "the disk is full")}."
                );
        return (int)Math.Max(0, written);
    }

    public void Dispose() => handle.Dispose();

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, nuint count);
}
