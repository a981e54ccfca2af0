using Verification.Stack;
using Verification.Stack.Images;

namespace Verification.Gate.Platform;

/// <summary>A platform whose images are all here.</summary>
/// <param name="Broker">Its kind of broker.</param>
/// <param name="Images">Image of each component.</param>
internal sealed record PreparedPlatform(BrokerKind Broker, IReadOnlyDictionary<string, ComponentImage> Images);
