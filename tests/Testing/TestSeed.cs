using System.Globalization;
using System.Security.Cryptography;
using Verification.Stack.Sessions;

namespace Verification.Testing;

/// <summary>What a test that draws at random begins with.</summary>
public static class TestSeed
{
    /// <summary>The seed that <c>VERIFY_SEED</c> repeats, or a new one.</summary>
    public static int Take() =>
        int.TryParse(VerifyVariables.Value(VerifyVariables.Seed), CultureInfo.InvariantCulture, out var given)
            ? given
            : RandomNumberGenerator.GetInt32(int.MaxValue);
}
