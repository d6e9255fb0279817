"""The words by which names are known, and those that are none: cues, offices, institutions, places, days.

Each word has roles, bits of one number, so that a text is looked through once. Indonesian, Javanese, Madurese.
"""

import re
from collections.abc import Iterable

from cettar_site.complaints.rules_privacy_given import STRONG, WEAK
from cettar_site.jatim import agencies, districts, markets, regions
from cettar_site.jatim.tables import fold

(HONORIFIC, TITLE, KIN, OWNER, CUE, FUNCTION, SITE, STOP, PLACE, LIKELY, POSSIBLE, JOINT, SELF, GREETED, HOUSE,
 REACH, AGENT) = (1 << bit for bit in range(17))

_LISTS: dict[int, str] = {
    # Before a name; a name follows in any case.
    HONORIFIC: """bapak bpk bp pak pa ibu bu ebu eppa sdr sdri sdra saudara saudari sodara mas mbak mba cak ning gus
        kang neng nyai kyai kiai ustadz ustadzah ustad ustadz ust tn ny nn tuan nyonya nona bang kak dik dek adek om
        tante pakde pakdhe pakdhe budhe bude paklik bulik paklek bulek lik lek mbah mbok yu eyang abah habib lora
        bindara bindhara kacong cebbing""",
    TITLE: """h hj haji hajah kh dr drg drs dra ir prof raden rr r ra ns apt letkol kolonel mayor kapten aiptu aipda
        bripka brigadir briptu ipda iptu akp kompol""",
    KIN: """anak suami istri isteri ibu bapak ayah ibuk bapake adik adek kakak nenek kakek paman bibi keponakan
        ponakan cucu mertua menantu tetangga tonggo teman kanca saudara sepupu bojo anakku istriku suamiku ibuku
        bapakku adikku kakakku tetanggaku anakipun tang tatangga tatangga bini lake emak emboh majikan""",
    OWNER: "saya kami kita kulo kula kulo aku ku nya kaula sengko sengkok beliau",
    CUE: """bernama namanya jenenge jenengku jenengipun asmanipun asmane nyamana nyama anyama jeneng nama pelapor
        korban terlapor tersangka pasien almarhum almarhumah alm penerima ttd bayi an n""",
    SELF: "saya kulo kula aku sengko sengkok kaula perkenalkan",
    AGENT: "oleh menurut kata dening jare miturut",
    JOINT: "bin binti bt al van de",
    REACH: "ig instagram fb facebook twitter tiktok telegram threads akun",
    HOUSE: "rt rw no nomor nomer nmr blok kav kavling",
    # Offices: what follows is a place or an institution as often as a name.
    FUNCTION: """camat lurah kades kadus kasun kepala ketua wakil wali walikota bupati gubernur presiden menteri
        sekretaris sekda sekdes kadis kabid kasi kabag kapolsek kapolres kapolda kapolri danramil dandim babinsa
        bhabinkamtibmas guru dosen dokter bidan perawat mantri suster polisi satpam modin carik bayan kamituwo
        jogoboyo hakim jaksa bendahara direktur manajer kasir sopir supir petugas oknum mandor tukang penjual pedagang
        pengusaha pemilik pengurus panitia anggota staf pegawai karyawan operator pendamping kader juru penjaga
        penyuluh pengawas kontraktor rektor rt rw kasek kepsek waka dukuh perangkat calo preman makelar juragan
        mantan pj plt plh""",
    # After these a name is a place's: streets, hospitals, schools, mosques, villages, companies.
    SITE: """jalan jl jln jalur gang gg raya desa dusun dsn kelurahan kel kecamatan kec kabupaten kab kota kampung kp
        lingkungan krajan provinsi pasar masjid mesjid musala mushola musholla langgar surau gereja pura vihara
        klenteng sd sdn mi min smp smpn mts mtsn sma sman smk smkn ma man paud tk ra tpq sekolah madrasah kampus
        universitas institut politeknik akademi stikes pondok ponpes pesantren yayasan rsud rsu rs rsia rsi rumkit sakit
        puskesmas pustu polindes posyandu klinik apotek terminal halte stasiun pelabuhan dermaga bandara jembatan
        waduk embung bendungan dam sungai kali sumber telaga pantai gunung bukit hutan alas pulau teluk selat perum
        perumahan komplek kompleks griya apartemen rusun rusunawa pt cv ud pg pabrik bank koperasi ksp bmt hotel
        stadion lapangan gor gelora taman museum monumen tugu makam tpu tpa tps simpang perempatan pertigaan bundaran
        kantor dinas badan biro upt balai samsat polsek polres polda koramil kodim kejaksaan pengadilan lapas rutan
        kua spbu gedung tol flyover underpass jatim sdit smpit majelis partai ormas gapoktan poktan kelompok karang
        nabi rasul sunan kanjeng dewa gerakan program kartu bantuan operasi undang pasal""",
    # Words that are written large though they name nobody.
    STOP: """senin selasa rabu kamis jumat jum'at sabtu minggu ahad januari februari maret april mei juni juli agustus
        september oktober november desember legi pahing pon wage kliwon allah tuhan alhamdulillah assalamualaikum
        assalamu alaikum wassalamualaikum bismillah astaghfirullah insya insyaallah islam kristen katolik hindu buddha
        idul fitri adha ramadan ramadhan muharram syawal natal nyepi lebaran imlek hari tanggal tahun bulan pukul jam
        mohon tolong kami saya kita anda mereka dia ini itu yang dan atau dengan dari untuk pada karena jika kalau
        tetapi namun sudah belum tidak bukan akan sedang sejak setelah sebelum ketika waktu saat agar supaya terima
        kasih maaf selamat pagi siang sore malam salam hormat yth kepada dear warga rakyat masyarakat penduduk umum
        negeri negara republik indonesia jawa timur barat utara selatan tengah pusat daerah wilayah bagian bidang
        pemerintah pemprov pemkab pemkot pemda dprd dpr mpr tni polri asn pns p3k honorer kementerian komisi lembaga
        rumah sakit ruang kelas poli ugd igd icu loket lantai blok unit kamar jantung anak dalam mata gigi bedah hamil
        ibu bapak ibuk kandung tiri angkat asuh rumahtangga tangga pertiwi muda tua besar agung baru lama kecil bahasa
        matematika pendidikan kesehatan sosial perhubungan pekerjaan pertanian bpjs kis pkh bpnt blt kip kks dtks ktp
        kk nik sim stnk bpkb shm hp wa ig fb no nomor telp telepon alamat umur usia lahir agama status keterangan
        catatan lampiran bukti foto video surat laporan aduan pengaduan keluhan kasus masalah soal air listrik jalan
        lampu sampah banjir macet lubang parkir pupuk beras minyak gula cabai bawang telur ayam sapi motor mobil truk
        bus kereta api sepeda angkot ojek warung toko kios bengkel sawah kebun kolam kandang mesin bahkan bahwa maka
        lalu kemudian padahal sehingga meskipun walaupun apakah kenapa mengapa bagaimana kapan siapa mana ada bisa
        harus boleh mau ingin minta masih juga lagi hanya saja sangat lebih paling semua setiap para pihak orang
        sekalian semuanya desane omah griyane dalan banyu wong sing ora mboten wis sampun lan karo saking oreng ta'
        sapora nggih inggih matur nuwun sakalangkong kirim jakarta bandung bali madura malaysia arab indomaret
        alfamart pln pdam telkom indihome google whatsapp facebook instagram tiktok youtube shopee cettar kopdar
        pramuka garuda merdeka proklamasi pahlawan nasional swasta terpadu satu pintu dekat depan belakang samping
        sebelah seberang atas bawah perempuan laki wanita pria kepolisian tentara pamong praja perwakilan kependudukan
        sipil transmigrasi kehutanan perikanan kelautan peternakan perkebunan perdagangan komunikasi informatika cipta
        karya bina marga keuangan pendapatan kesbangpol satpol inspektorat sekretariat titik peserta produk usaha
        tempat alun pihaknya nya warganya terimakasih trims halo hai dst dll dsb tersebut nyuwun tulung rw""",
}
# "Sugeng enjang" greets; "Budi pekerti", "Indah sekali" name nobody either.
_GREETED = """enjang enjing siang sonten dalu ndalu rawuh tindak tanggap pekerti daya bahasa sekali rasanya kelima
    bulanan mingguan warna tunggal guna pihak"""
HEROES = frozenset({
    "ahmad yani", "ahmad dahlan", "hasyim asyari", "agus salim", "gatot subroto", "sudirman", "soekarno", "suharto",
    "soekarno hatta", "bung tomo", "yos sudarso", "slamet riyadi", "imam bonjol", "wahid hasyim", "raden wijaya",
    "hayam wuruk", "kusuma bangsa", "basuki rahmat", "basuki rachmat", "urip sumoharjo", "joko tingkir"})
"""Whom streets are named after: without any cue beside it, such a name is a street's."""

LIKE_A_NAME = re.compile(
    r"[a-z]{2,9}(?:iyanto|riyadi|yanto|wanto|danto|rianto|diyono|riyono|wiyono|yono|tono|jono|sono|ningsih|ningrum"
    r"|yanti|wanti|rianti|wati|yati|iyem|inem|iyah|udin|uddin)")
NOT_LIKE = re.compile(r".*(?:lewati|hayati|rawati|[dlwsrbmnk]iyah|hirudin|suludin|yaumudin)")


def _place_words() -> Iterable[str]:
    """Words that places and institutions of the province bear."""
    for name in (*(one.short_name for one in regions.ALL), *(one.name for one in districts.ALL),
                 *(one.name for one in markets.ALL)):
        yield from fold(name).split()
    for agency in agencies.PROVINCIAL:
        yield from re.findall(r"[^\W\d_]+", fold(f"{agency.name} {agency.abbr}"))


def _roles() -> dict[str, int]:
    roles: dict[str, int] = {}
    lists: list[tuple[int, Iterable[str]]] = [(role, text.split()) for role, text in _LISTS.items()]
    lists += [(GREETED, _GREETED.split()), (LIKELY, STRONG), (POSSIBLE, WEAK), (PLACE, _place_words())]
    for role, words in lists:
        for word in words:
            roles[word] = roles.get(word, 0) | role
    return roles


ROLES = _roles()
