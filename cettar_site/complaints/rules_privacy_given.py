"""Given names that are common in East Java: Javanese, Madurese, Arabic and newer ones. Written by hand, for likely
names only: a list of everybody's names would mask half the language.

STRONG ones are hardly ever anything else, so that a capital letter is enough. WEAK ones are words, places or days as
well ("Indah", "Budi", "Bagus"): they count after a cue, or beside another name or a word that nobody knows.
"""

STRONG = frozenset("""
abdullah abdurrahman achmad adinda aditya adityawan agustina agustinus ahmad aisyah alfian alfiyah alifah aminah
amiruddin anggraeni anggraini anisah annisa aprilia ardiansyah arifin arifudin asmaul aswari atikah aulia azizah
bahrul bambang basuki boedi boimin budianto budiono cahyono choirul chotimah darmaji darmanto darmawan darsono dedik
dewanti dian diana djoko dodik dwiyanto eddy edi edy ekawati endah endang erna ernawati erwin fadilah fahmi fahrudin
faizal faridah fatimah fatmawati fauzan fauzi fauziah febrianti fikri firmansyah fitria fitriani fitriyah giman gimin
giyanto giyono gunarto gunawan habibah habibi halimah hamidah handayani handoko hanifah hardianto hariadi harianto
hariati haris hariyadi hariyanto hariyono harnanik hartati hartini hartono haryadi haryanto haryono hasanah hasanuddin
hasyim hendra hendrawan hendri hendrik heri herianto herman hermanto hermawan heru heryanto hidayatullah hosen hosnan
hosniyah husnul imron indarti indrawati indriani irawan irawati irfan irfandi ismail ismanto istiqomah iswanto jainul
jamaludin jamilah joko jono juariyah juhairiyah jumadi jumiati jumini juminten juwita kamidi kardi karman karmin
karmini karsono karti kartono kasiadi kasiman kasini kasiyem kasmin kasmuri katiman khasanah khoiriyah khoirul
khotimah kiswanto kiswati komariyah krisna kristanto kurniawan kurniawati kusnadi kusnan kusumawati kuswanto laila
lailatul lasmi lasminah legimin lestariningsih lilik linda lukman luthfi maimunah maisaroh makmun marfuah mariyam
markum marlina marsini marsono marsudi marsuki martini martono maryam maryati mashuri maskur masrifah masrukin masudi
matnasir maulidia meilani misbahul misiyem miskan misnan misnati moch moh mohamad mohammad muchamad muhaimin muhamad
muhammad mujiati mujiono mujito mulyadi mulyani mulyanto mulyati mulyono munawaroh munir murtini musdalifah muslikah
musrifah mustakim mustofa musyarofah muzakki nafisah nanang nanik ngadi ngadimin ngadiran ngasinah ngatemi ngatiman
ngatini ngatmini novita novitasari nugraha nugroho nurcahyo nurhasanah nurhayati nuriyah nurjanah nurlaila nurul paidi
paijan paijem paiman painem paino pairan pairin parjo parmin partini parto ponidi poniman ponimin ponirah poniyem
pramono prasetya prasetyo pratama pratiwi prayitno prayogi priyanto priyono pujiati pujiono purnomo purwadi purwanti
purwanto purwati puspitasari rachmat rachmawati rahmad rahmatullah rahmawati ramadhan ramadhani ramelan rasyid
ratnasari retno riyadi riyanti riyanto rizal rizki rizky rohim rohmah rohman rokayah romlah rosidah rosyid rosyidah
rudi rudianto rudy rukiyah rukmini rusdi rusmiati rusmini rustam sadiyah saifudin saiful sainah salamah samiati samini
samsudin samsul samsuri saniman sanusi sapari saringatun sarmin sarmini sarno sartini sarwono satiman satimin satrio
satumi saudah septian septiana setiawan setiawati setyawan setyowati sholeh sholihah sholikhah sholikin siswanto
siswati siswoyo siti sitti slamet soebandi soegeng soekarno solichin solikah solikin sriwahyuni subagio subagyo
subandi subekti subiyanto sucipto sudarmaji sudarmanto sudarmi sudarno sudarsono sudarti sudarto sudiono sudirman
sudjono sugeng sugiarti sugiarto sugihartini sugiono sugiyanto sugiyono suhadi suharni suharno suhartini suharto
suhartono suhendra suhendro suherman sujarwo sujati sujiati sujito sujono sukamto sukarman sukarmi sukarno sukarsih
sukarti sukatmi sukidi sukijan sukinah sukirman sukirno sukiyem sulaiman sulasmi sulastri sulikah sulis sulistiani
sulistyo sulistyowati suliyah sumadi sumarmi sumarni sumarno sumarsih sumarsono sumarti sumartini sumartono sumiati
sumijah suminah suminem sumini sumirah sumiran sumitro sumiyati sumiyem sumono sunardi sunarno sunarsih sunarti
sunarto sunaryo sungkono suparjo suparlan suparman suparmi suparmin suparno suparti suparto supeno supiah supinah
supiyah supono supriadi supriyadi supriyanto supriyati supriyono suratman suratmi suratno suripto suroso suryadi
suryani suryanto suryono susanti susanto susiati susilawati susilo susilowati sutaji sutarmi sutarno sutarti sutejo
sutikno sutinah sutini sutiyah sutiyem sutiyono sutoyo sutrisno suwandi suwardi suwarni suwarno suwarsih suwarti
suwito suwondo suyanto suyati suyatmi suyatno suyitno suyono syahrul syaifudin syaiful syamsudin syamsul taufik taufiq
titik titin trimo trisnawati triyono tugiman tugiyem tukiman tukimin tukinah tukiran tukiyem tuminah tumini tumirah
tutik ulfah ulum umaroh ummi wagiman wagimin wagini wagirah wagiyem wagiyo wahyudi wahyuni wahyuningsih wakidi wakinah
wantini warsini warsito wartini wasis wasito watiningsih wibowo wicaksono widarti widayat widayati widiastuti widodo
widya widyawati wijayanti winarno winarsih winarti wiwik wiyono wulandari yanti yanto yatemi yatimah yatinah yatno
yudi yudianto yuli yuliana yulianti yulianto yuliati yulistiani yuni yunita yunus yusron yusuf zaenab zaenal zainab
zainal zainuddin zainuri zakaria zubaidah zuhroh zulaikah zulfa zulkifli
""".split())  # noqa: SIM905 (a list of names reads better as a text)

WEAK = frozenset("""
adi agung agus ajeng alim amin andi andik andre anggi ani anik anis ari arif ario asih atik ayu azis bagas bagus bahri
basri bayu bejo bella bima budi budiman cahya cahyo candra chandra citra dadang dani daniel danu dea dedi deni denny
desi dewi dika dimas dina dini dita dodi doni dwi eka eko eli elly emi eni erik evi fajar fani farid farida ferdi feri
fery fifi fina fitri galih galuh gatot gilang gita hadi hafid hakim hana hanif hari harjo hasan hasim hassan hidayah
hidayat husain husein husen ida iin ika ikhsan ilham ilyas imam iman indah indra intan iqbal ira iwan jefri jihan juli
jumari karni karno karsini karso kartika kartini karto karyo kaseni kemi kholifah kiki krisno kusuma lasiman lasimin
legi legiman lela lestari lia lina lisa luluk maulana maya mbarep mega mila minah mira mirna misbah mistar mita mudi
mufid mukti mulyo murni mursid murti mustika nadia nia nina ningsih novan novi nur oki okta pahing paing panji pardi
pasha permana pon puji pujo pur purwo putra putri rafi rahayu rahma rahmat raka rama rani ranti ratih ratna ratno reni
reno reza rian riana rida rifai rifki rika rina rini riska riski rita riyan rohani rohmat roni rosa rosi royani rusli
sabar safitri sahid sahrul salim saman samin samsi santi santo santoso sardi sari sarinah saropah satria satya seno
setiadi setyo shinta sidik sigit sinta siska sri subur suci sudi sukma sulton sundari supri surati surip susi syafii
syarif tantri tari tarno teguh tejo tia tika tina tini toni tono totok tri tria trisno tulus tuti udin umar umi utami
utomo veri vina wage wahid wahono wahyu wardani wardi warno wati wawan wida widi wijaya winda wira wisnu wito wulan
yani yati yayan yayuk yoga yogi yono yoyok yudha yudo yus yusri zahra zahro zaki
""".split())  # noqa: SIM905
