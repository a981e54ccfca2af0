using DotNet.Testcontainers.Configurations;

namespace Verification.Stack.Components;

/// <summary>Rights of files that are put into containers.</summary>
internal static class InsideModes
{
    /// <summary>A program that whoever runs there can execute.</summary>
    public const UnixFileModes Program =
        UnixFileModes.UserRead
        | UnixFileModes.UserExecute
        | UnixFileModes.GroupRead
        | UnixFileModes.GroupExecute
        | UnixFileModes.OtherRead
        | UnixFileModes.OtherExecute;
}
