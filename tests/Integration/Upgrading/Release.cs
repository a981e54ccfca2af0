using Verification.Stack;

namespace Verification.Tests.Integration.Upgrading;

/// <summary>The services of one release, on the platform's one schema, queue and cache.</summary>
/// <param name="Name">What a diagnosis calls it.</param>
/// <param name="Platform">The platform, driven and observed through these services.</param>
/// <param name="Dashboard">Its Dashboard.</param>
/// <param name="Server">Its Server.</param>
internal sealed record Release(string Name, PlatformUnderTest Platform, StackInstance Dashboard, StackInstance Server);
