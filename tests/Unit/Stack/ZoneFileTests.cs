using System.Buffers.Binary;
using Verification.Stack.Additions;
using Xunit;

namespace Verification.Tests.Unit.Stack;

public sealed class ZoneFileTests
{
    [Theory]
    [InlineData(14, "+14\0")]
    [InlineData(1, "+01\0")]
    public void A_zone_has_one_offset_and_its_name(int hours, string name)
    {
        var file = ZoneFile.Ahead(hours);
        int Number(int place) => BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(place));

        Assert.Equal("TZif\0"u8.ToArray(), file[..5]);
        // Indicators and leap seconds, transitions: none; types, characters.
        Assert.Equal([0, 0, 0, 0, 1, name.Length], Enumerable.Range(0, 6).Select(index => Number(20 + (index * 4))));
        Assert.Equal(hours * 3600, Number(44));
        Assert.All(file[48..50], part => Assert.Equal(0, part));
        Assert.Equal(name, System.Text.Encoding.ASCII.GetString(file[50..]));
    }
}
