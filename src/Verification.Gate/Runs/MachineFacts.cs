using System.Globalization;
using System.Runtime.InteropServices;
using Verification.Objectives;
using Verification.Stack.Engine;

namespace Verification.Gate.Runs;

/// <summary>What a reader of a report wants to know of the machine.</summary>
internal static class MachineFacts
{
    public static IReadOnlyDictionary<string, string> Of(EngineEndpoint? engine) =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Operating system"] = RuntimeInformation.OSDescription,
            ["Architecture"] = RuntimeInformation.OSArchitecture.ToString(),
            ["Cores"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
            ["Memory"] = Size.Text(MemoryBytes()),
            ["Docker engine"] = engine is null ? "none" : $"{engine.Version} (API {engine.ApiVersion})",
            [".NET"] = RuntimeInformation.FrameworkDescription,
        };

    /// <summary>Memory that this process may use, in bytes.</summary>
    public static long MemoryBytes() => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
}
