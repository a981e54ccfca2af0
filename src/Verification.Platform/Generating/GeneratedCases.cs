using System.Globalization;
using CsCheck;

namespace Verification.Platform.Generating;

/// <summary>Cases that are drawn at random, and can be drawn again.</summary>
public sealed class GeneratedCases
{
    private const uint Stream = 1;
    private readonly PCG random;

    /// <summary>Makes a source of cases.</summary>
    /// <param name="seed">What it begins with: the same seed gives the same cases.</param>
    public GeneratedCases(int seed)
    {
        Seed = seed;
        random = new PCG(Stream, (ulong)(uint)seed);
    }

    /// <summary>What it began with.</summary>
    public int Seed { get; }

    /// <summary>Draws cases.</summary>
    public IReadOnlyList<T> Draw<T>(Gen<T> gen, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => gen.Generate(random, null, out var _))];

    /// <summary>The seed as the variable that repeats it has it.</summary>
    public override string ToString() => Seed.ToString(CultureInfo.InvariantCulture);
}
